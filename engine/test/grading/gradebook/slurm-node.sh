#!/bin/bash
# slurm-node.sh FOLDER: Slurm on this machine alone, as root, with all that is its own in FOLDER, which must not be there yet. It says "ready",
# and ends, with all jobs, when its standard input does. Who speaks to it sets SLURM_CONF=FOLDER/slurm.conf. Debian: slurm-wlm and munge.
set -euo pipefail
readonly folder=$1 host=$(hostname -s)
export SLURM_CONF=$folder/slurm.conf
pids=()

free_port() { # FROM: the first that nobody listens to
    local port=$1
    while (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}

end() {
    trap - EXIT
    if [[ ${#pids[@]} == 3 ]]; then
        timeout 5 scancel --signal=KILL --full --user=root 2>/dev/null || :
        timeout 5 scancel --user=root 2>/dev/null || :
        for ((tries = 0; tries < 20; tries++)); do
            [[ -n $(timeout 5 squeue --noheader 2>/dev/null) ]] || break
            sleep 0.5
        done
    fi
    kill "${pids[@]}" 2>/dev/null || :
    wait
}
trap end EXIT

mkdir -m 755 "$folder"
mkdir -m 700 "$folder/munge" "$folder/state" "$folder/spool"
head -c 128 /dev/urandom >"$folder/munge/key"
chmod 400 "$folder/munge/key"
# A job that is requeued waits until what let it run the last time has expired: two minutes, unless it is said.
cat >"$SLURM_CONF" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$(free_port 16817)
SlurmdPort=$(free_port 17817)
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket,cred_expire=5
CredType=cred/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
KillWait=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(free --mebi | awk '/^Mem/ { print $2 }') State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
    --seed-file="$folder/munge/seed" --log-file="$folder/munge/log" >"$folder/munged.log" 2>&1 &
pids+=($!)
slurmctld -D -c >/dev/null 2>&1 &
pids+=($!)
slurmd -D -c >/dev/null 2>&1 &
pids+=($!)
for ((tries = 0; tries < 60; tries++)); do
    if [[ $(timeout 5 sinfo --noheader --format=%T 2>/dev/null) == idle ]]; then break; fi
    sleep 0.5
done
if ((tries == 60)); then
    tail -n 20 "$folder"/*.log
    exit 1
fi
echo ready
cat >/dev/null
