// Prints each member of the stream at the address, with its quads, as a line of JSON.
import { replicateLDES } from "ldes-client";

const reader = replicateLDES({ url: process.argv[2] }, "none").stream().getReader();
const told = (term) => [term.termType, term.value, term.language || term.datatype?.value || ""];
for (let next = await reader.read(); !next.done; next = await reader.read()) {
  const { id, quads } = next.value;
  const named = quads.map((quad) => [quad.subject, quad.predicate, quad.object, quad.graph].map(told));
  console.log(JSON.stringify({ id: id.value, quads: named }));
}
