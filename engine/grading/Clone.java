package grading;

import lab.Login;

/**
 * The database of one verification: a copy of the exercise's prepared database, dropped afterwards. Ask for it as a
 * parameter of a check.
 *
 * @param app      {@code course_app}, as which applications connect
 * @param owner    {@code course_owner}, as which migrations run
 * @param observer sees every lock and every session ({@code pg_monitor}) and may end sessions
 *                 ({@code pg_signal_backend}); owns nothing and is never the superuser
 */
public record Clone(Login app, Login owner, Login observer) { }
