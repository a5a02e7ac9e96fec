/**
 * PostgreSQL as a process of this machine: the binaries, the template cluster, its copies, and the process itself.
 *
 * <p>Start with {@link lab.cluster.ClusterServer}, which puts them together; {@link lab.cluster.ClusterStore} says where
 * clusters live, {@link lab.cluster.Cluster} starts and stops one. {@link lab.cluster.EmbeddedProvider} and
 * {@link lab.cluster.LocalProvider} differ only in where the binaries come from.
 */
package lab.cluster;
