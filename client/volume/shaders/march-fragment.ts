/**
 * The ray-marcher. Distances along the ray are patient mm; positions in the texture are counted in
 * texels from its corner. Samples stand on a grid of equal steps; the first and the last stretch
 * are shorter, so that what is absorbed does not depend on the step. Skipping empty bricks leaves
 * the grid where it is, so that the picture is the same with and without it.
 *
 * Output is premultiplied. gl_FragDepth is where tissue becomes visible, so that opaque meshes in
 * front of it are kept and those behind are drawn over.
 *
 * Defines: SKIPPING; PROBE_FETCHES (writes the number of 3D fetches), PROBE_DEPTH (writes mm from
 * the eye to where tissue becomes visible).
 */
export const marchFragment = /* glsl */ `#version 300 es
precision highp float;
precision highp int;
precision highp sampler3D;
precision highp sampler2D;

in vec3 patientMm;
out vec4 picture;

uniform mat4 worldViewProjection;
uniform vec3 eyeMm;
uniform vec3 forward;
uniform float perspective;
uniform float nearMm;

uniform mat4 boxFromPatient;
uniform vec3 boxDims;
uniform mat4 texelFromPatient;
uniform vec3 texelDims;
uniform vec3 brickDims;
uniform sampler3D voxels;
uniform sampler3D emptiness;
uniform sampler2D transfer;
// texture coordinate = texel * x + y; texels below z are padding.
uniform vec3 transferAxis;

uniform vec4 planes[6];
uniform int planeCount;
uniform float stepTexels;
uniform float ambient;
uniform float diffuse;
uniform float specular;
// Texel difference per texel that counts as a surface, reciprocal.
uniform float surfaceness;

const float brickSize = 8.0;
const float opaque = 0.99;
const float visibleFrom = 0.05;

int fetches = 0;

float texelAt(vec3 at) {
  fetches++;
  return textureLod(voxels, at / texelDims, 0.0).r;
}

// sRGB and extinction per mm.
vec4 tissueAt(vec3 at) {
  float texel = texelAt(at);
  if (texel < transferAxis.z) return vec4(0.0);
  return textureLod(transfer, vec2(texel * transferAxis.x + transferAxis.y, 0.5), 0.0);
}

// Four taps at the corners of a tetrahedron: the gradient over ±1 texel, in texels.
vec3 gradientAt(vec3 at) {
  const vec2 k = vec2(1.0, -1.0);
  return 0.25 * (k.xyy * texelAt(at + k.xyy) + k.yyx * texelAt(at + k.yyx) +
                 k.yxy * texelAt(at + k.yxy) + k.xxx * texelAt(at + k.xxx));
}

// Interleaved gradient noise (Jimenez 2014): even over neighbours, and the same every time.
float noise(vec2 pixel) {
  return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
}

vec3 withoutZero(vec3 v) {
  return mix(v, vec3(1e-9), lessThan(abs(v), vec3(1e-9)));
}

void main() {
  vec3 direction = perspective > 0.5 ? normalize(patientMm - eyeMm) : forward;
  vec3 origin = perspective > 0.5
    ? eyeMm
    : patientMm - direction * dot(patientMm - eyeMm, direction);

  vec3 boxOrigin = (boxFromPatient * vec4(origin, 1.0)).xyz;
  vec3 boxSpeed = withoutZero(mat3(boxFromPatient) * direction);
  vec3 a = -boxOrigin / boxSpeed;
  vec3 b = (boxDims - boxOrigin) / boxSpeed;
  vec3 enter = min(a, b);
  vec3 leave = max(a, b);
  float from = max(max(max(enter.x, enter.y), enter.z), nearMm / max(dot(direction, forward), 0.1));
  float to = min(min(leave.x, leave.y), leave.z);
  vec3 cutNormal = vec3(0.0);
  for (int n = 0; n < 6; n++) {
    if (n >= planeCount) break;
    float height = dot(planes[n].xyz, origin) - planes[n].w;
    float climb = dot(planes[n].xyz, direction);
    if (climb > 1e-7) {
      if (-height / climb > from) {
        from = -height / climb;
        cutNormal = planes[n].xyz;
      }
    } else if (climb < -1e-7) to = min(to, -height / climb);
    else if (height < 0.0) to = -1.0;
  }
  if (to <= from) discard;

  vec3 texelOrigin = (texelFromPatient * vec4(origin, 1.0)).xyz;
  vec3 texelSpeed = mat3(texelFromPatient) * direction;
  vec3 safeSpeed = withoutZero(texelSpeed);
  float stepMm = stepTexels / length(texelSpeed);
  float grid = from - noise(gl_FragCoord.xy) * stepMm;
  mat3 patientFromGradient = transpose(mat3(texelFromPatient));

  vec3 gathered = vec3(0.0);
  float through = 1.0;
  float light = ambient + diffuse;
  float shine = 0.0;
  float sinceLit = 1.0;
  float visibleMm = -1.0;
  float brickEnd = from;
  float lastOpacity = 0.0;

  for (float n = 0.0; n < 8192.0; n += 1.0) {
    float start = max(grid + n * stepMm, from);
    if (start >= to) break;
    float end = min(grid + (n + 1.0) * stepMm, to);
    float middle = 0.5 * (start + end);
    vec3 at = texelOrigin + middle * texelSpeed;
#ifdef SKIPPING
    if (middle >= brickEnd) {
      vec3 brick = clamp(floor(at / brickSize), vec3(0.0), brickDims - 1.0);
      fetches++;
      float away = floor(texelFetch(emptiness, ivec3(brick), 0).r * 255.0 + 0.5);
      float reach = max(away, 1.0);
      vec3 wall = brickSize * mix(brick - (reach - 1.0), brick + reach, step(0.0, safeSpeed));
      vec3 walls = (wall - texelOrigin) / safeSpeed;
      float out_ = min(min(walls.x, walls.y), walls.z);
      if (away > 0.5) {
        lastOpacity = 0.0;
        // The next sample whose middle is past the wall; the loop adds one.
        n = max(n, ceil((out_ - grid) / stepMm - 0.5) - 1.0);
        continue;
      }
      brickEnd = out_;
    }
#endif
    vec4 tissue = tissueAt(at);
    float opacity = 1.0 - exp(-tissue.a * (end - start));
    // A surface is met in finer steps: it would show the grid of samples otherwise.
    bool surfaceMet = abs(opacity - lastOpacity) * through > 0.1;
    lastOpacity = opacity;
    float parts = surfaceMet ? 4.0 : 1.0;
    float part = (end - start) / parts;
    for (float m = 0.0; m < parts; m += 1.0) {
      if (surfaceMet) {
        middle = start + (m + 0.5) * part;
        at = texelOrigin + middle * texelSpeed;
        tissue = tissueAt(at);
        opacity = 1.0 - exp(-tissue.a * part);
      }
      if (opacity <= 0.0) continue;
      float gain = opacity * through;
      sinceLit += gain;
      // Light is renewed once a hundredth of the picture has been gathered under the last one.
      if (sinceLit > 0.01) {
        sinceLit = 0.0;
        vec3 gradient = gradientAt(at);
        float surface = smoothstep(0.0, 1.0, length(gradient) * surfaceness);
        vec3 normal = patientFromGradient * gradient;
        float size = length(normal);
        float facing = size > 0.0 ? abs(dot(normal, direction)) / size : 1.0;
        float cut = cutNormal == vec3(0.0) ? 0.0
          : clamp(1.5 - (middle - from) / stepMm * stepTexels, 0.0, 1.0);
        facing = mix(mix(1.0, facing, surface),
                     abs(dot(cutNormal, direction)) / max(length(cutNormal), 1e-6), cut);
        light = ambient + diffuse * facing;
        shine = specular * pow(facing, 20.0) * surface * (1.0 - cut);
      }
      gathered += gain * min(tissue.rgb * light + shine, 1.0);
      through *= 1.0 - opacity;
      if (visibleMm < 0.0 && 1.0 - through >= visibleFrom) visibleMm = middle;
    }
    if (1.0 - through >= opaque) {
      gathered /= 1.0 - through;
      through = 0.0;
      break;
    }
  }

#ifdef PROBE_FETCHES
  picture = vec4(mod(float(fetches), 256.0), floor(float(fetches) / 256.0), 0.0, 255.0) / 255.0;
  gl_FragDepth = 0.0;
  return;
#endif
#ifdef PROBE_DEPTH
  float tenths = floor(max(visibleMm, 0.0) * 10.0 + 0.5);
  picture = vec4(mod(tenths, 256.0), mod(floor(tenths / 256.0), 256.0), floor(tenths / 65536.0), 255.0) / 255.0;
  gl_FragDepth = 0.0;
  return;
#endif
  if (through >= 1.0) discard;
  vec4 clip = worldViewProjection * vec4(origin + direction * (visibleMm < 0.0 ? to : visibleMm), 1.0);
  gl_FragDepth = clamp(0.5 * clip.z / clip.w + 0.5, 0.0, 1.0);
  picture = vec4(gathered, 1.0 - through);
}
`
