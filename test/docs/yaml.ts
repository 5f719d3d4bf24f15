type Yaml = string | number | readonly Yaml[] | { readonly [key: string]: Yaml };

/** Plain data as YAML; strings are quoted, so that nothing in them means anything. */
export function toYaml(value: Yaml, indent = ''): string {
  if (typeof value === 'number') return `${value}\n`;
  if (typeof value === 'string') return `${JSON.stringify(value)}\n`;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]\n';
    const items = value.map((item: Yaml) => `${indent}- ${toYaml(item, `${indent}  `).trimStart()}`);
    return `\n${items.join('')}`;
  }
  const fields = Object.entries(value).map(([key, field]) => {
    const text = toYaml(field, typeof field === 'object' ? `${indent}  ` : indent);
    return `${indent}${key}:${text.startsWith('\n') ? text : ` ${text}`}`;
  });
  return `\n${fields.join('')}`;
}
