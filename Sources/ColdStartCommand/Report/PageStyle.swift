/// How a report looks: on paper and on any screen, light or dark, without a file from elsewhere.
enum PageStyle {
    static let css = """
        :root { color-scheme: light; --paper: #fbfaf7; --card: #fff; --ink: #1d1b18; --muted: #66615a; --rule: #e3ded4;
          --own: #b23c17; --bar: #c3bcae; --whisker: #1d1b18; --s1: #1b6f80; --s2: #8a6410; --s3: #6a5697; --s4: #6f6a61;
          --s5: #2f7d46; }
        @media screen and (prefers-color-scheme: dark) {
          :root { color-scheme: dark; --paper: #151412; --card: #1d1b19; --ink: #ece7df; --muted: #a59f94; --rule: #35312c;
            --own: #f0814f; --bar: #5d574e; --whisker: #f4f0e9; --s1: #62b6c7; --s2: #d9ae4f; --s3: #b3a0e0; --s4: #a8a297;
            --s5: #7cc492; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1, h2, .tile b { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif; font-weight: 600;
          line-height: 1.2; text-wrap: balance; }
        h1 { font-size: clamp(1.9rem, 5vw, 2.8rem); margin: .3rem 0 .6rem; }
        h2 { font-size: 1.55rem; margin: 0 0 .4rem; }
        p { max-width: 42rem; margin: .5rem 0; }
        .eyebrow { color: var(--own); font-size: .8rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase;
          margin: 0; }
        .muted, figcaption, caption, dd { color: var(--muted); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.4rem, 1fr)); gap: 1rem; padding: 0;
          margin: 1.8rem 0 2.2rem; list-style: none; }
        .tile { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: 1rem 1.1rem; }
        .tile b { display: block; font-size: 2.1rem; color: var(--own); }
        .tile span { display: block; font-size: .92rem; }
        .tile small { display: block; margin-top: .35rem; color: var(--muted); }
        section { border-top: 1px solid var(--rule); padding: 2rem 0 1rem; }
        figure { margin: 1.4rem 0 1.2rem; background: var(--card); border: 1px solid var(--rule); border-radius: .6rem;
          padding: 1rem 1.1rem .9rem; }
        figcaption { font-size: .88rem; margin-top: .5rem; }
        .chart { display: block; overflow: visible; font-size: 13px; }
        .chart text { fill: var(--ink); }
        .chart .tick { fill: var(--muted); font-size: 11.5px; }
        .chart .figure { font-variant-numeric: tabular-nums; fill: var(--muted); }
        .chart .own.name, .chart .own.figure { font-weight: 650; fill: var(--own); }
        .grid { stroke: var(--rule); }
        .bar { fill: var(--bar); }
        .bar.own { fill: var(--own); }
        .whisker { stroke: var(--whisker); stroke-width: 1.6; }
        .fold { fill: var(--card); stroke: var(--whisker); stroke-width: 1; }
        .zero { stroke: var(--muted); }
        .range { stroke: var(--own); stroke-width: 3; opacity: .55; }
        .difference { fill: var(--own); }
        .line { stroke: var(--own); stroke-width: 2; fill: none; }
        .point { fill: var(--card); }
        .interval { stroke-width: 5; opacity: .35; }
        .s0 { stroke-width: 3; }
        .s0.point { fill: var(--own); }
        .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
        .s4 { stroke: var(--s4); } .s5 { stroke: var(--s5); }
        .s1:not(.point):not(.interval) { stroke-dasharray: 7 4; }
        .s2:not(.point):not(.interval) { stroke-dasharray: 2 4; }
        .s3:not(.point):not(.interval) { stroke-dasharray: 10 3 2 3; }
        .s4:not(.point):not(.interval) { stroke-dasharray: 4 2; }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; padding: 0; margin: 0 0 .6rem;
          font-size: .88rem; }
        .legend svg { vertical-align: middle; margin-right: .4rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
        caption { text-align: left; padding-bottom: .4rem; }
        th, td { text-align: right; padding: .4rem .6rem; border-bottom: 1px solid var(--rule); white-space: nowrap;
          vertical-align: top; }
        th { font-weight: 600; }
        th:first-child { text-align: left; padding-left: 0; position: sticky; left: 0; background: var(--paper); }
        tbody th { font-weight: 400; }
        tr.own th, tr.own .ndcg { font-weight: 650; color: var(--own); }
        td small { display: block; font-weight: 400; color: var(--muted); }
        td.noise { color: var(--muted); }
        dt { font-weight: 600; margin-top: .8rem; }
        dd { margin: 0; max-width: 42rem; }
        @media (max-width: 30rem) { main { padding-top: 1.5rem; } .chart { font-size: 12px; } }
        @media print { :root { --paper: #fff; } main { max-width: none; padding: 0; } figure, .scroll, .tile
          { break-inside: avoid; } h2, section > p { break-after: avoid; } .scroll { overflow: visible; }
          table { font-size: .72rem; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """
}
