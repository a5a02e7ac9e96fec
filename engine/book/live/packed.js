/** The bytes as they were before gzip; a server may have unpacked them on their way. */
export async function unpacked(blob) {
  const [a, b] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return a === 0x1f && b === 0x8b ? new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).blob() : blob;
}
