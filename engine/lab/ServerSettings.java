package lab;

import java.util.Map;

/** How every PostgreSQL of the lab is configured, wherever it runs. */
public final class ServerSettings {
    /** Nothing here must survive a power cut, and much is started and stopped. */
    public static final Map<String, String> OF_EVERY_SERVER = Map.of(
        "listen_addresses", "127.0.0.1",
        "unix_socket_directories", "",
        "fsync", "off",
        "dynamic_shared_memory_type", "mmap", // in the data folder, with which it goes; of a killed server, /dev/shm keeps it
        "max_connections", "100",
        "log_min_messages", "warning",
        "lc_messages", "C",
        "log_line_prefix", "%m [%p] %q%u@%d ",
        "log_timezone", "UTC", // so that what was written between two moments can be found
        "temp_file_limit", "1GB"); // a query without end must not fill the learner's disk

    private ServerSettings() { }
}
