/**
 * What a ray meets of values alone: the greatest (MIP) or the least (MINIP), shown as grey through
 * the window, or the first surface at a value (ISOSURFACE). Padding is nothing.
 */
export const marchValues = /* glsl */ `
#ifdef ISOSURFACE
// Between two samples on either side of the value, mm; two steps of regula falsi.
float crossing(float before, float after, float texelBefore, float texelAfter) {
  for (int n = 0; n < 2; n++) {
    float mm = mix(before, after, (valueAxis.z - texelBefore) / (texelAfter - texelBefore));
    float texel = texelAt(texelOrigin + mm * texelSpeed);
    if ((texel < valueAxis.z) == (texelBefore < valueAxis.z)) {
      before = mm;
      texelBefore = texel;
    } else {
      after = mm;
      texelAfter = texel;
    }
  }
  return mix(before, after, (valueAxis.z - texelBefore) / (texelAfter - texelBefore));
}

void show(float mm) {
  vec2 light = lightAt(gradientAt(texelOrigin + mm * texelSpeed), mm);
  gathered += through * min(tissueColour(valueAxis.z) * light.x + light.y, 1.0);
  through = 0.0;
  visibleMm = mm;
}
#endif

float greyOf(float texel) {
  return clamp(texel * valueAxis.x + valueAxis.y, 0.0, 1.0);
}

#if defined(MIP) || defined(MINIP)
// Whether a brick can change what was found.
bool brings(float grey, float extreme) {
#ifdef MIP
  return grey > greyOf(extreme);
#else
  return grey < greyOf(extreme);
#endif
}
#endif

void march(float from, float to) {
  float n = 0.0;
  float kindEnd = from;
  float extreme = 0.0;
  bool found = false;
  float foundMm = to;
  float lastMm = from;
  float lastTexel = 0.0;
  bool known = false;
  for (int samples = 0; samples < 8192; samples++) {
    float mm = min(max(gridMm + (n + 0.5) * stepMm, from), to);
#ifdef SKIPPING
    if (mm >= kindEnd) {
      vec2 stretch = stretchFrom(texelOrigin + mm * texelSpeed);
      if (stretch.x < 0.5) {
        if (stretch.y >= to) break;
        n = max(n + 1.0, ceil((stretch.y - gridMm) / stepMm - 0.5));
        known = false;
        continue;
      }
#if defined(MIP) || defined(MINIP)
      if (found && !brings(brickGrey, extreme)) {
        n = max(n + 1.0, ceil((brickEndMm - gridMm) / stepMm - 0.5));
        if (brickEndMm >= to) break;
        continue;
      }
      kindEnd = max(brickEndMm, mm + 0.01 * stepMm);
#else
      kindEnd = max(stretch.y, mm + 0.01 * stepMm);
#endif
    }
#endif
    vec3 at = texelOrigin + mm * texelSpeed;
    float texel = texelAt(at);
    if (texel < transferAxis.z) {
      known = false;
    } else {
#if defined(ISOSURFACE)
      if (!known && mm > from && texel >= valueAxis.z) {
        lastMm = max(mm - stepMm, from);
        lastTexel = texelAt(texelOrigin + lastMm * texelSpeed);
        known = lastTexel >= transferAxis.z;
      }
      // A cut goes through what lies beyond the surface: its face is the surface there.
      if (!known && texel >= valueAxis.z) {
        show(mm);
        return;
      }
      if (known && (texel < valueAxis.z) != (lastTexel < valueAxis.z)) {
        show(crossing(lastMm, mm, lastTexel, texel));
        return;
      }
#elif defined(MIP)
      if (!found || texel > extreme) {
        extreme = texel;
        foundMm = mm;
      }
      found = true;
#else
      if (!found || texel < extreme) {
        extreme = texel;
        foundMm = mm;
      }
      found = true;
#endif
      known = true;
      lastMm = mm;
      lastTexel = texel;
    }
    if (mm >= to) break;
    n += 1.0;
  }
#ifndef ISOSURFACE
  if (!found) return;
  float grey = greyOf(extreme);
#ifdef MIP
  // What is black adds nothing to what is behind it.
  float covers = grey;
#else
  float covers = 1.0;
#endif
  if (coloured > 0.5) covers = smoothstep(0.0, 0.1, grey);
  gathered += through * (coloured > 0.5 ? covers * tissueColour(extreme) : vec3(grey));
  through *= 1.0 - covers;
  if (visibleMm < 0.0 && covers >= visibleFrom) visibleMm = foundMm;
#endif
}
`
