package lab;

import lab.provider.Providers;

/** Opens a lab, says where its server is, and waits to be ended. */
public final class OpenLab {
    public static void main(String... args) throws Exception {
        try (var lab = Providers.open(args[0], Progress.SILENT); var connection = lab.lessonDatabase().admin().connect();
             var statement = connection.createStatement();
             var result = statement.executeQuery("select current_setting('data_directory'), pg_postmaster_start_time()")) {
            result.next();
            System.out.println(result.getString(1));
            if (args.length > 1 && args[1].equals("throw")) {
                Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> { }); // the test that asked for it need not read it
                throw new IllegalStateException("the lesson breaks");
            }
            Thread.sleep(60_000);
        }
    }
}
