/**
 * Colour and opacity, gathered from the eye on. Light is renewed once so little of the picture has
 * been gathered under the last one that nobody sees the difference; what was gathered meanwhile is
 * seen half under the old one and half under the new. In dense tissue it stays for the last of a
 * ray, and a ray ends there once what it is in would fill the rest. Where bricks say that no surface
 * is near, light is known without a gradient. A surface is met in finer steps. With PLAIN every
 * sample is lit, and none is finer or farther from the next than the others.
 */
export const marchComposite = /* glsl */ `
// Of what a pixel can take: in thin tissue, and more by this share of what a step absorbs.
const float renewal = 0.002;
const float denseRenewal = 0.05;
const float jumping = 0.1;
// Of what a step absorbs: with no more than that let through, a ray ends.
const float ending = 0.05;

vec3 lit(vec4 tissue, vec2 light) {
  return min(tissue.rgb * light.x + tissue.a * light.y, tissue.a);
}

void march(float from, float to) {
  float n = floor((from - gridMm) / stepMm);
#ifdef SKIPPING
  if (heldFrom >= to) return;
  n = max(n, ceil((heldFrom - gridMm) / stepMm - 0.5));
#endif
  float stride = 1.0;
  bool even = false;
  float kindEnd = from;
  float lastOpacity = 0.0;
  float sinceLit = 1.0;
  vec2 light = vec2(ambient + diffuse, 0.0);
  vec3 gradient = vec3(0.0);
  // Gathered since the light was last renewed.
  vec4 pending = vec4(0.0);
  for (int turns = 0; turns < 4096; turns++) {
    float start = max(gridMm + n * stepMm, from);
    if (start >= to || 1.0 - through >= opaque) break;
#ifndef PLAIN
    if (through < ending * lastOpacity) {
      gathered = (gathered + lit(pending, light)) / (1.0 - through);
      through = 0.0;
      return;
    }
#endif
    float middle, end;
#ifdef SKIPPING
    // Leap to the first sample in a brick that holds something.
    for (int leaps = 0; leaps < 512; leaps++) {
      start = max(gridMm + n * stepMm, from);
      middle = gridMm + (n + 0.5) * stepMm;
      if (middle >= heldTo) start = to;
      if (start >= to || middle < kindEnd) break;
      vec2 stretch = stretchFrom(texelOrigin + max(middle, from) * texelSpeed);
      if (stretch.x > 0.5) {
        // A ray that grazes a brick's face takes one sample at least.
        kindEnd = max(stretch.y, middle + 0.01 * stepMm);
#ifndef PLAIN
        even = stretch.x > 3.5;
        stride = exp2(stretch.x - (even ? 4.0 : 1.0));
#endif
        break;
      }
      lastOpacity = 0.0;
      gathered += lit(pending, light);
      pending = vec4(0.0);
      n = max(n + 1.0, ceil((stretch.y - gridMm) / stepMm - 0.5));
    }
    if (start >= to) break;
#else
    kindEnd = to + 1.0;
#endif
    // Sample until something is met that must be lit.
    bool met = false;
    bool renews = false;
    float texel, opacity, jump;
    vec4 tissue;
    for (int samples = 0; samples < 4096; samples++) {
      start = max(gridMm + n * stepMm, from);
      if (start >= to || gridMm + (n + 0.5) * stepMm >= kindEnd) break;
      float steps = clamp(floor((kindEnd - gridMm) / stepMm - n), 1.0, stride);
      end = min(gridMm + (n + steps) * stepMm, to);
      middle = 0.5 * (start + end);
      texel = texelAt(texelOrigin + middle * texelSpeed);
      tissue = tissueOf(texel);
      opacity = 1.0 - exp(-tissue.a * (end - start));
      n += steps;
      float gain = opacity * through;
      jump = abs(opacity - lastOpacity) * through;
      lastOpacity = opacity;
      sinceLit += gain;
#ifdef PLAIN
      renews = met = gain > 0.0;
#else
      renews = gain > 0.0 && sinceLit > renewal + denseRenewal * opacity;
      met = renews || (gain > 0.0 && jump > jumping);
#endif
      if (met) break;
      pending += gain * vec4(tissue.rgb, 1.0);
      through *= 1.0 - opacity;
      if (visibleMm < 0.0 && 1.0 - through >= visibleFrom) visibleMm = middle;
#ifdef PLAIN
      if (1.0 - through >= opaque) break;
#else
      if (through < max(1.0 - opaque, ending * opacity)) break;
#endif
    }
    if (met) {
      if (renews) {
        sinceLit = 0.0;
        gradient = even && jump <= jumping
          ? vec3(0.0)
          : gradientAt(texelOrigin + middle * texelSpeed);
        vec2 now = lightAt(gradient, middle);
        gathered += lit(pending, 0.5 * (light + now));
        pending = vec4(0.0);
        light = now;
      }
#ifdef PLAIN
      const float parts = 1.0;
#else
      // A surface is met in finer steps: it would show the grid of samples otherwise. Between
      // samples the values follow the gradient, which costs no fetch.
      float parts = jump > jumping ? 4.0 : 1.0;
#endif
      float part = (end - start) / parts;
      float slope = dot(gradient, texelSpeed);
      for (float m = 0.0; m < parts; m += 1.0) {
        float at = start + (m + 0.5) * part;
        vec4 here = parts > 1.5 ? tissueOf(texel + (at - middle) * slope) : tissue;
        float absorbed = 1.0 - exp(-here.a * part);
        gathered += through * absorbed * min(here.rgb * light.x + light.y, 1.0);
        through *= 1.0 - absorbed;
        if (visibleMm < 0.0 && 1.0 - through >= visibleFrom) visibleMm = at;
      }
    }
  }
  gathered += lit(pending, light);
}
`
