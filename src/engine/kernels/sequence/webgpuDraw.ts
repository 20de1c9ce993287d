// WGSL of the writer's last part: from the pooled values to the next token, drawn or given. The draw inverts the cumulative
// sum with word id * L + step of the stream, the same integers as src/engine/rng/rng.ts.

/** `scoreTokens`, `findMost`, `weigh` and `choose`, in this order with a barrier after each; see webgpuWriter.ts. */
export const CHOOSE_TOKEN = `
    fn scoreTokens(left: i32) {
      for (var v = lane; v < V; v += LANES) {
        var sum = FORBIDDEN;
        if (isAllowed(state, v, left)) {
          sum = p[OUTPUT_BIAS + v];
          for (var e = 0; e < E; e++) { sum += pooled[e] * p[OUTPUT + e * V + v]; }
        }
        score[v] = sum;
      }
    }
    fn findMost() {
      if (lane > 0) { return; }
      most = FORBIDDEN; count = 0.0;
      for (var v = 0; v < V; v++) { most = max(most, score[v]); count += select(0.0, 1.0, score[v] > FORBIDDEN); }
    }
    fn weigh() {
      for (var v = lane; v < V; v += LANES) { weight[v] = weightOf(score[v], most); }
    }
    fn draw(word: i32, total: f32) -> i32 {
      let stream = vec3<u32>(bitcast<u32>(uniforms.seed), bitcast<u32>(uniforms.streamA), bitcast<u32>(uniforms.streamB));
      let words = pcg4d(vec4<u32>(stream, u32(word / 4)));
      let limit = f32(words[word % 4]) * 2.3283064365386963e-10;
      var sum = 0.0; var last = 0;
      for (var v = 0; v < V; v++) {
        if (score[v] <= FORBIDDEN) { continue; }
        sum += withFloor(weight[v] / total, count); last = v;
        if (limit < sum) { break; }
      }
      return last;
    }
    fn choose(at: i32, id: i32) {
      if (lane > 0) { return; }
      var total = 0.0;
      for (var v = 0; v < V; v++) { total += weight[v]; }
      var token = 0;
      if (uniforms.given >= 0) { token = ints[uniforms.given + program * L + at]; } else { token = draw(id * L + at, total); }
      let p = withFloor(weight[token] / total, count);
      result[id * (L + 1) + at] = f32(token);
      result[id * (L + 1) + L] += logOf(p, score[token] - most - log(total));
      previous = token; state = nextState(state, token);
      if (token == END) { going = 0; }
    }`;
