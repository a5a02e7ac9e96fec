package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each answer tries what it should not be able to, fails at it, and says how; what it returns is wrong, so that only a forged verdict passes. */
@DisplayName("An answer of somebody else cannot write its own verdict:")
class OthersAnswersTest {
    private static VerifiedCourse course;

    @BeforeAll static void open() {
        course = VerifiedCourse.ofOthers();
    }

    @AfterAll static void close() {
        course.close();
    }

    @Test @DisplayName("a good one passes, with classes and methods that are not public")
    void good() throws Exception {
        var verdict = course.verified(SampleCourse.GOOD.replace("public class", "class").replace("public static", "static"));
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
        course.next();
    }

    @Test @DisplayName("it does not get at the run of the checks")
    void run() throws Exception {
        fails("Class.forName(\"grading.worker.CheckRun\").getDeclaredField(\"current\").setAccessible(true);", "InaccessibleObjectException");
    }

    @Test @DisplayName("nor at the worker's connection to the host, its secret, or a report")
    void worker() throws Exception {
        fails("Class.forName(\"grading.worker.Worker\").getDeclaredField(\"host\").setAccessible(true);", "InaccessibleObjectException");
        fails("Class.forName(\"jvm.Secret\").getMethod(\"random\").invoke(null);", "IllegalAccessException");
        fails("Class.forName(\"grading.protocol.WorkerReport$CloneWanted\").getConstructor().newInstance();", "IllegalAccessException");
    }

    @Test @DisplayName("nor at the kit that judges it")
    void kit() throws Exception {
        fails("grading.Expect.class.getMethods()[0].invoke(null);", "IllegalAccessError");
        fails("Class.forName(\"grading.RandomData\").getMethod(\"takeSeed\").invoke(null);", "IllegalAccessException");
    }

    @Test @DisplayName("nor at JUnit's insides, nor at ours with JUnit's hands")
    void junit() throws Exception {
        fails("Class.forName(\"org.junit.platform.launcher.core.DefaultLauncher\").getDeclaredConstructors()[0].setAccessible(true);", "InaccessibleObjectException");
        fails("""
            var field = Class.forName("grading.worker.CheckRun").getDeclaredField("current");
            System.out.println(org.junit.platform.commons.support.ReflectionSupport.tryToReadFieldValue(field, null).get());""", "InaccessibleObjectException");
        fails("""
            var main = Class.forName("grading.worker.CompiledVerifier").getDeclaredMethod("warmUp", Class.class);
            org.junit.platform.commons.support.ReflectionSupport.invokeMethod(main, null, String.class);""", "InaccessibleObjectException");
    }

    @Test @DisplayName("nor does what gives a verifier its database give it to an answer")
    void extension() throws Exception {
        fails("""
            for (var extension : ServiceLoader.load(org.junit.jupiter.api.extension.Extension.class)) {
                var parameter = (org.junit.jupiter.api.extension.ParameterContext) java.lang.reflect.Proxy.newProxyInstance(SumUp.class.getClassLoader(),
                    new Class<?>[] {org.junit.jupiter.api.extension.ParameterContext.class}, (proxy, method, arguments) ->
                    method.getName().equals("getParameter") ? Class.forName("grading.CloneLog").getConstructors()[0].getParameters()[0] : null);
                ((org.junit.jupiter.api.extension.ParameterResolver) extension).resolveParameter(parameter, null);
            }""", "ParameterResolutionException");
    }

    @Test @DisplayName("nor does the driver, the pool, Flyway or Jedis of the verifier open itself")
    void libraries() throws Exception {
        fails("Class.forName(\"org.postgresql.Driver\").getDeclaredField(\"registeredDriver\").setAccessible(true);", "InaccessibleObjectException");
        fails("connection.getClass().getDeclaredFields()[0].setAccessible(true);", "InaccessibleObjectException");
        fails("Class.forName(\"com.zaxxer.hikari.pool.HikariPool\").getDeclaredFields()[0].setAccessible(true);", "InaccessibleObjectException");
        fails("Class.forName(\"tools.jackson.databind.json.JsonMapper\").getDeclaredFields()[0].setAccessible(true);", "InaccessibleObjectException");
        fails("Class.forName(\"org.flywaydb.core.Flyway\").getDeclaredFields()[0].setAccessible(true);", "InaccessibleObjectException");
        fails("Class.forName(\"org.flywaydb.core.internal.command.DbMigrate\").getDeclaredFields()[0].setAccessible(true);", "InaccessibleObjectException");
        fails("Class.forName(\"redis.clients.jedis.Jedis\").getDeclaredFields()[0].setAccessible(true);", "InaccessibleObjectException");
    }

    @Test @DisplayName("though Flyway works there, with the files that it looks for")
    void librariesWork() throws Exception {
        var verifier = SampleCourse.VERIFIER.replace("SumUp.sum(other);", """
            SumUp.sum(other);
            AnswerMigrations.configure(db, answer).baselineOnMigrate(true).load().migrate();""");
        var verdict = course.verifiedBy(verifier, SampleCourse.GOOD);
        assertTrue(verdict.passed(), () -> VerifiedCourse.described(verdict));
    }

    @ParameterizedTest(name = "there is no {0}")
    @CsvSource({"com.sun.management.HotSpotDiagnosticMXBean", "com.sun.tools.attach.VirtualMachine", "sun.misc.Unsafe", "java.lang.instrument.Instrumentation",
        "com.sun.jdi.Bootstrap", "jdk.jfr.Recording", "jdk.jshell.JShell", "sun.reflect.ReflectionFactory"})
    void withoutModule(String type) throws Exception {
        fails("Class.forName(\"" + type + "\");", "ClassNotFoundException");
    }

    @Test @DisplayName("it cannot load those modules itself, with the right to what they need")
    void layers() throws Exception {
        var layer = """
            var finder = java.lang.module.ModuleFinder.ofSystem();
            var boot = ModuleLayer.boot();
            var found = boot.defineModulesWithOneLoader(boot.configuration().resolve(finder, java.lang.module.ModuleFinder.of(), Set.of("%s")), SumUp.class.getClassLoader());
            %s""";
        fails(layer.formatted("jdk.unsupported", """
            var field = found.findLoader("jdk.unsupported").loadClass("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            field.get(null);"""), "");
        fails(layer.formatted("jdk.management", """
            found.findLoader("jdk.management").loadClass("com.sun.management.internal.PlatformMBeanProviderImpl").getDeclaredConstructors();
            Class.forName("com.sun.management.internal.HotSpotDiagnostic", true, found.findLoader("jdk.management")).getConstructor().newInstance();"""), "");
    }

    @Test @DisplayName("no bean dumps the heap")
    void heap() throws Exception {
        fails("""
            var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
            server.invoke(new javax.management.ObjectName("com.sun.management:type=HotSpotDiagnostic"), "dumpHeap", new Object[] {"heap.hprof", true},
                new String[] {"java.lang.String", "boolean"});""", "InstanceNotFoundException");
        fails("""
            var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
            server.invoke(new javax.management.ObjectName("com.sun.management:type=DiagnosticCommand"), "gcHeapDump", new Object[] {new String[] {"heap.hprof"}},
                new String[] {"[Ljava.lang.String;"});""", "InstanceNotFoundException");
    }

    @Test @DisplayName("the JDK's own tools cannot attach to it")
    void attach() throws Exception {
        fails("""
            var jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(ProcessHandle.current().pid()), "GC.heap_dump",
                System.getProperty("user.dir") + "/heap.hprof").redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!jcmd.waitFor(4, java.util.concurrent.TimeUnit.SECONDS) || jcmd.exitValue() != 0) { throw new IllegalStateException("not attached"); }""", "not attached");
    }

    @Test @DisplayName("no native code is loaded or called")
    void nativeCode() throws Exception {
        fails("""
            var linker = java.lang.foreign.Linker.nativeLinker();
            linker.downcallHandle(linker.defaultLookup().find("getpid").get(), java.lang.foreign.FunctionDescriptor.of(java.lang.foreign.ValueLayout.JAVA_INT));""", "IllegalCallerException");
        fails("System.load(\"/usr/lib/x86_64-linux-gnu/libm.so.6\");", "IllegalCallerException");
    }

    @Test @DisplayName("a class of its own in a package of ours is a stranger there")
    void splitPackage() throws Exception {
        fails("""
            var file = java.lang.classfile.ClassFile.of().build(java.lang.constant.ClassDesc.of("grading.worker.Mine"), c -> c.withFlags(1));
            java.lang.invoke.MethodHandles.privateLookupIn(Class.forName("grading.worker.Worker"), java.lang.invoke.MethodHandles.lookup()).defineClass(file);""",
            "IllegalAccessException");
        fails("""
            var file = java.lang.classfile.ClassFile.of().build(java.lang.constant.ClassDesc.of("java.lang.Mine"), c -> c.withFlags(1));
            new ClassLoader() { Class<?> made() { return defineClass(null, file, 0, file.length); } }.made();""", "SecurityException");
    }

    @Test @DisplayName("it does not see the verifier by name, and does not open the one that it finds on the stack")
    void verifier() throws Exception {
        fails("Class.forName(\"SumUpTest\");", "ClassNotFoundException");
        fails("SumUp.class.getClassLoader().loadClass(\"SumUpTest\");", "ClassNotFoundException");
        var caller = """
            var caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk(frames -> frames.map(frame -> frame.getDeclaringClass())
                .filter(type -> type.getName().contains("SumUpTest")).findFirst()).get();
            """;
        fails(caller + "caller.getDeclaredConstructors()[0].setAccessible(true);", "InaccessibleObjectException");
        fails(caller + "caller.getConstructor().newInstance();", "IllegalAccessException");
        fails(caller + "java.lang.invoke.MethodHandles.privateLookupIn(caller, java.lang.invoke.MethodHandles.lookup());", "IllegalAccessException");
    }

    @Test @DisplayName("a class of its own called like the verifier is not taken for it")
    void sameName() throws Exception {
        assertEquals("100", course.refused(SampleCourse.body("return 100;") + "class SumUpTest { void sums() { } }", "sums").cause().actual());
    }

    @Test @DisplayName("a digest of its own does not see the secret")
    void provider() throws Exception {
        var spy = """
            class Spy extends java.security.Provider {
                Spy() { super("Spy", "1", ""); put("MessageDigest.SHA-256", "Seen"); }
            }
            """;
        var bad = course.refused(SampleCourse.body("java.security.Security.insertProviderAt(new Spy(), 1); return 100;") + spy, "sums");
        assertEquals("100", bad.cause().actual());
    }

    @Test @DisplayName("what it reads from the pipes of its process makes no report")
    void pipes() throws Exception {
        var bad = course.refused(SampleCourse.body("""
            var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);
            var seen = new byte[4096];
            try (var own = new java.io.FileInputStream("/proc/self/fd/1")) {
                connection.createStatement().execute("select 1");
                if (own.available() > 0) { var n = own.read(seen); out.write(seen, 0, n); out.write(seen, 0, n); }
            }
            out.write(("\\ncourse 1 " + "0".repeat(64) + " ZQAAAARzdW1zAA==\\n").getBytes());
            return 5050;"""), "sums");
        assertTrue(bad.isBad(), bad::toString);
    }

    @Test @DisplayName("no compiled verifier is on a disk where it could be changed")
    void cache() throws Exception {
        var compiled = lab.os.Caches.folder("compiled");
        java.util.Set<java.nio.file.Path> before;
        try (var files = java.nio.file.Files.list(compiled)) {
            before = files.collect(java.util.stream.Collectors.toSet());
        }
        course.verifiedBy(SampleCourse.VERIFIER.replace("The sum of 1", "The sum of all from 1"), SampleCourse.GOOD);
        try (var files = java.nio.file.Files.list(compiled)) {
            assertEquals(before, files.collect(java.util.stream.Collectors.toSet()));
        }
    }

    /** @param how a part of what the learner reads: the exception; or the check that refuses it */
    private static void fails(String body, String how) throws Exception {
        var answer = SampleCourse.body(body + "\nreturn 100;");
        var verdict = course.verified(answer);
        var bad = verdict.firstBad().orElseThrow(() -> new AssertionError("it passed: " + body));
        assertTrue(bad.name().equals(how) || bad.cause().actual().contains(how), () -> body + "\n" + VerifiedCourse.described(verdict));
        assertTrue(!how.isEmpty() || !bad.cause().actual().equals("100"), () -> "it could: " + body);
    }
}
