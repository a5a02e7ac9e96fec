#!/usr/bin/perl
# The part of Ryuk's protocol that Testcontainers speaks. A client connects to port 8080 and sends lines of the form
# "label=name=value&label=name=value"; each is answered "ACK". Once no client has been connected for a while, every
# container, network and volume that carries all labels of a line is removed, and the program ends.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;

my $seconds_for_first_client = 60;
my $seconds_after_last_client = 10;

$| = 1;
$SIG{TERM} = $SIG{INT} = sub { exit 0 };
my %filters;
serve_until_alone();
remove_matching($_) for keys %filters;

sub serve_until_alone {
    my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 64, ReuseAddr => 1) or die "port 8080: $!";
    my $open = IO::Select->new($server);
    my $deadline = time + $seconds_for_first_client;
    my %unfinished_line;
    print "Started\n";    # Testcontainers waits for this word
    while ($open->count > 1 || time < $deadline) {
        for my $ready ($open->can_read(1)) {
            if ($ready == $server) {
                $open->add($server->accept);
            } elsif (sysread $ready, my $bytes, 4096) {
                $unfinished_line{$ready} .= $bytes;
                acknowledge($ready, $1) while $unfinished_line{$ready} =~ s/^([^\r\n]*)\r?\n//;
            } else {
                $open->remove($ready);
                delete $unfinished_line{$ready};
                close $ready;
                $deadline = time + $seconds_after_last_client;
            }
        }
    }
}

sub acknowledge {
    my ($client, $filter) = @_;
    $filters{$filter} = 1 if length $filter;
    syswrite $client, "ACK\n";
}

sub remove_matching {
    my @labels = map { /^label=(.*)/s ? $1 : () } map { decoded($_) } split /&/, shift;
    return unless @labels;    # an empty filter matches everything on the machine
    my $filter = encoded('{"label":[' . join(',', map { qq("$_") } @labels) . ']}');
    remove('containers', $_, 'force=1&v=1') for engine('GET', "/containers/json?all=1&filters=$filter") =~ /"Id":"([0-9a-f]{64})","Names"/g;
    remove('networks', $_, '') for engine('GET', "/networks?filters=$filter") =~ /"Name":"[^"]+","Id":"([0-9a-f]{64})"/g;
    remove('volumes', $_, 'force=1') for engine('GET', "/volumes?filters=$filter") =~ /"Name":"([^"]+)"/g;
}

sub remove {
    my ($kind, $name, $options) = @_;
    engine('DELETE', "/$kind/$name?$options");
    print "removed $kind/$name\n";
}

sub engine {
    my ($method, $path) = @_;
    my $socket = IO::Socket::UNIX->new(Peer => '/var/run/docker.sock') or die "Docker's socket: $!";
    print $socket "$method $path HTTP/1.0\r\nHost: docker\r\n\r\n";
    local $/;
    my $answer = <$socket> // '';
    return $answer =~ s/^.*?\r\n\r\n//sr;
}

sub decoded { return shift =~ tr/+/ /r =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ger }
sub encoded { return shift =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ger }
