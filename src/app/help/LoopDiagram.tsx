// The one diagram of Help: data, proposals, memory, the two models, and the three phases that join them.

const LABEL = "diagram-label";

/** A still drawing with its description; the phases carry their mark and their word. */
export function LoopDiagram() {
  return (
    <figure className="loop" data-picture="loop" data-frame={1}>
      <svg viewBox="0 0 600 300" role="img" aria-labelledby="loop-title loop-text">
        <title id="loop-title">How memoised wake-sleep learns</title>
        <desc id="loop-text">
          The recognition model looks at an observation and proposes programs. The generative model scores them. The
          best different ones stay in the memory. Both models learn from the memory, and from dreams.
        </desc>
        <defs>
          <marker id="loop-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M1 1L7 4L1 7" fill="none" stroke="var(--line-3)" strokeWidth={1.2} />
          </marker>
        </defs>
        <Cells x={18} y={104} />
        <text className={LABEL} x={66} y={220} textAnchor="middle">
          observation <tspan className="math">x</tspan>
        </text>
        <Arrow d="M124 152H196" />
        <Box x={200} y={20} colour="var(--phi)" title="recognition model" symbol="φ" />
        <Box x={200} y={212} colour="var(--theta)" title="generative model" symbol="θ" />
        <Arrow d="M124 130C160 120 160 56 196 54" />
        <Arrow d="M364 54C430 56 466 80 474 102" />
        <text className={LABEL} x={452} y={62}>
          proposes
        </text>
        <Memory x={428} y={112} />
        <Arrow d="M364 246C430 244 466 222 474 200" />
        <text className={LABEL} x={452} y={250}>
          scores
        </text>
        <Phase x={204} y={130} name="wake" text="Wake: propose, score, keep" />
        <Phase x={204} y={154} name="replay" text="Replay: learn from memory" />
        <Phase x={204} y={178} name="fantasy" text="Fantasy: learn from dreams" />
      </svg>
    </figure>
  );
}

function Box(props: { x: number; y: number; colour: string; title: string; symbol: string }) {
  const { x, y, colour, title, symbol } = props;
  return (
    <g>
      <rect x={x} y={y} width={160} height={68} rx={3} fill="var(--surface-1)" stroke={colour} strokeWidth={1.75} />
      <text x={x + 80} y={y + 30} textAnchor="middle" className="diagram-title">
        {title}
      </text>
      <text x={x + 80} y={y + 52} textAnchor="middle" className="math" fill={colour} fontSize={18}>
        {symbol}
      </text>
    </g>
  );
}

/** Twelve by twelve cells grown by rule 110 from one cell: a real picture, small. */
function Cells({ x, y }: { readonly x: number; readonly y: number }) {
  const size = 12;
  const columns: number[][] = [Array.from({ length: size }, (_, row) => (row === size - 2 ? 1 : 0))];
  for (let column = 1; column < size; column += 1) {
    const before = columns[column - 1] ?? [];
    columns.push(
      before.map((cell, row) => {
        const above = before[(row + size - 1) % size] ?? 0;
        const below = before[(row + 1) % size] ?? 0;
        return (110 >> (4 * above + 2 * cell + below)) & 1;
      }),
    );
  }
  return (
    <g shapeRendering="crispEdges">
      <rect x={x} y={y} width={96} height={96} fill="var(--data-0)" />
      {columns.flatMap((cells, column) =>
        cells.map((cell, row) =>
          cell ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the cells never move
            <rect key={`${column}-${row}`} x={x + column * 8} y={y + row * 8} width={8} height={8} fill="var(--data)" />
          ) : null,
        ),
      )}
    </g>
  );
}

function Memory({ x, y }: { readonly x: number; readonly y: number }) {
  const weights = [0.74, 0.15, 0.07, 0.03];
  return (
    <g>
      {weights.map((weight, row) => (
        <g key={weight}>
          <rect x={x} y={y + row * 22} width={100} height={12} fill="var(--memory-soft)" />
          <rect x={x} y={y + row * 22} width={100 * weight} height={12} fill="var(--memory)" />
        </g>
      ))}
      <text x={x + 108} y={y + 10} className={LABEL}>
        memory
      </text>
    </g>
  );
}

function Phase(props: { x: number; y: number; name: "wake" | "replay" | "fantasy"; text: string }) {
  const { x, y, name, text } = props;
  const colour = `var(--${name})`;
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle cx={6} cy={-4} r={4.6} fill={name === "fantasy" ? colour : "none"} stroke={colour} strokeWidth={1.6} />
      {name === "replay" ? <path d="M6 -8.6a4.6 4.6 0 0 1 0 9.2z" fill={colour} /> : null}
      <text x={18} y={0} className="diagram-phase">
        {text}
      </text>
    </g>
  );
}

function Arrow({ d }: { readonly d: string }) {
  return <path d={d} fill="none" stroke="var(--line-3)" strokeWidth={1.2} markerEnd="url(#loop-arrow)" />;
}
