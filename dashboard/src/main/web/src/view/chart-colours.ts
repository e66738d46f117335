export interface Colours {
  text: string;
  line: string;
  desired: string;
  applied: string;
  appliedFill: string;
  observed: string;
  good: string;
  bad: string;
  hold: string;
  plain: string;
  mark: string;
}

const NAMES: Record<keyof Colours, string> = {
  text: '--muted', line: '--line', desired: '--muted', applied: '--brand', appliedFill: '--brand-tint', observed: '--observed',
  good: '--good', bad: '--bad', hold: '--hold', plain: '--muted', mark: '--person',
};

/** A canvas knows no stylesheets: the colours as they are reckoned now. */
export function chartColours(host: HTMLElement): Colours {
  const probe = document.createElement('i');
  host.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, read(name)])) as unknown as Colours;
  probe.remove();
  return found;
}
