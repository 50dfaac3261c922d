"""Style and script of the portfolio's page; its policy names both by their hash, so nothing else can style or run."""

from __future__ import annotations

STYLE = """
:root{--ink:#1b2433;--accent:#0b4f6c;--grey:#5b6470;--line:#d9dee4}
body{font:15px/1.45 Carlito,Calibri,system-ui,sans-serif;color:var(--ink);margin:0 auto;padding:1.5rem 2rem 4rem;
max-width:96rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem;color:var(--accent)}
h2{font-size:1.2rem;margin:2.5rem 0 .5rem;color:var(--accent)}p{margin:.3rem 0;max-width:60rem}
a{color:var(--accent)}nav{margin:.8rem 0}nav a{margin-right:1.2rem;white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.8rem;margin:1.2rem 0;padding:0}
.tiles div{border-top:3px solid var(--accent);padding:.45rem .1rem}.tiles dt{color:var(--grey);font-size:.85rem}
.tiles dd{margin:0;font-size:1.45rem;line-height:1.25;font-variant-numeric:tabular-nums;white-space:nowrap}
.tiles small{font-size:.85rem;color:var(--grey)}
.wide{overflow:auto;max-height:85vh}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(30rem,1fr));gap:0 3rem}
table{border-collapse:separate;border-spacing:0;font-size:.9rem}
caption{text-align:left;padding:.2rem 0 .5rem;color:var(--grey)}
th,td{padding:.28rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{background:#e3edf2;position:sticky;top:0;z-index:2;vertical-align:bottom}
thead button{all:unset;cursor:pointer;font-weight:600;white-space:nowrap}
tbody th{font-weight:600;white-space:nowrap;background:#fff;position:sticky;left:0;z-index:1}
thead th:first-child{left:0;z-index:3}tbody tr:hover>*{background-color:#f3f7f9}
thead button:focus-visible,input:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid #c77700;
outline-offset:2px}
th[aria-sort=ascending] button::after{content:" \\25b2"}th[aria-sort=descending] button::after{content:" \\25bc"}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}svg{vertical-align:-.1em;margin-left:.5rem}
td.w{min-width:6rem}td.h{text-align:center;min-width:2.3rem;padding:.28rem .2rem;font-variant-numeric:tabular-nums;
border-left:1px solid #fff}
.mark{background:#fff3bf;padding:.2rem .5rem;font-weight:600}.key span{padding:.1rem .5rem;margin-right:.2rem}
input{font:inherit;padding:.35rem .6rem;width:min(26rem,100%);border:1px solid #8a94a0;border-radius:3px}
.v thead tr+tr th{writing-mode:vertical-rl;padding:.6rem .35rem;font-weight:400;top:2rem}
.v thead tr+tr th:first-child{writing-mode:horizontal-tb}.v thead tr:first-child th{height:1.4rem;white-space:nowrap}
summary{cursor:pointer;white-space:nowrap}td ul{margin:.2rem 0;padding:0;list-style:none;white-space:nowrap}
@media print{input,#found,nav,details{display:none}
.wide{max-height:none;overflow:visible}thead th,tbody th{position:static}
body{font-size:9px;padding:0}h2{break-after:avoid}tr{break-inside:avoid}}
"""
SCRIPT = """
const box=document.getElementById("search"),found=document.getElementById("found");
const cities=document.getElementById("cities").tBodies[0];
function plain(text){return text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g,"")}
function search(){const words=plain(box.value).split(/\\s+/).filter(Boolean);
for(const row of document.querySelectorAll("tr[data-q]")){const text=plain(row.dataset.q);
row.hidden=!words.every(word=>text.includes(word))}
const shown=[...cities.rows].filter(row=>!row.hidden).length;
found.textContent=shown+" dari "+cities.rows.length+" daerah"}
box.addEventListener("input",search);
function sort(table,head){const down=head.getAttribute("aria-sort")==="ascending",sign=down?-1:1,column=head.cellIndex;
for(const other of table.tHead.querySelectorAll("[aria-sort]"))other.removeAttribute("aria-sort");
head.setAttribute("aria-sort",down?"descending":"ascending");
const key=row=>{const cell=row.cells[column];return cell.dataset.v??cell.textContent};
const rows=[...table.tBodies[0].rows].map((row,at)=>[key(row),at,row]);
rows.sort(([a,i],[b,j])=>{if((a==="")!==(b===""))return a===""?1:-1;
const x=Number(a),y=Number(b),both=a!==""&&b!==""&&!isNaN(x)&&!isNaN(y);
return sign*(both?x-y:a.localeCompare(b,"id"))||i-j});
table.tBodies[0].append(...rows.map(entry=>entry[2]))}
for(const table of document.querySelectorAll("table"))for(const button of table.tHead.querySelectorAll("button"))
button.addEventListener("click",()=>sort(table,button.parentElement));search();
"""
