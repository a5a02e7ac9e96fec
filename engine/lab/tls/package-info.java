/** Certificates made on this machine, TLS in the run's own server, and somebody on the way to it. Start with {@link lab.tls.ServerTls}. */
package lab.tls;
