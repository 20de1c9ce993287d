// A worker thread that never answers: blocked for ever, as by an endless loop in a kernel.

for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
