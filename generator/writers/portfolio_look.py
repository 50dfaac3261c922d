"""Style and script of the portfolio's page; its policy names both by their hash, so nothing else can style or run."""

from __future__ import annotations

STYLE = """
:root{--ink:#1b2433;--accent:#0b4f6c;--grey:#5b6470;--line:#d9dee4}
@page{size:A4 landscape;margin:10mm}
body{font:15px/1.45 Carlito,Calibri,system-ui,sans-serif;color:var(--ink);margin:0 auto;
padding:1.5rem clamp(.75rem,3vw,2rem) 4rem;max-width:96rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .3rem;color:var(--accent)}
h2{font-size:1.2rem;margin:2.5rem 0 .5rem;color:var(--accent)}p{margin:.3rem 0;max-width:60rem}
a{color:var(--accent)}nav{margin:.8rem 0}nav a{margin-right:1.2rem;display:inline-block}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.8rem;margin:1.2rem 0;padding:0}
.tiles div{border-top:3px solid var(--accent);padding:.45rem .1rem}.tiles dt{color:var(--grey);font-size:.85rem}
.tiles dd{margin:0;font-size:1.45rem;line-height:1.25;font-variant-numeric:tabular-nums;white-space:nowrap}
.tiles small{font-size:.85rem;color:var(--grey)}
.wide{overflow:auto;max-height:85vh}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(30rem,100%),1fr));gap:0 3rem}
table{border-collapse:separate;border-spacing:0;font-size:.9rem}
caption{text-align:left;padding:.2rem 0 .5rem;color:var(--grey)}
caption>span{display:inline-block;position:sticky;left:0;max-width:min(60rem,100vw - 2rem)}
th,td{padding:.28rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th,thead td{background:#e3edf2;position:sticky;top:0;z-index:2;vertical-align:bottom}
thead button{all:unset;cursor:pointer;font-weight:600}.v thead button{white-space:nowrap}
tbody th{font-weight:600;white-space:nowrap;background:#fff;position:sticky;left:0;z-index:1}
thead :first-child:is(th,td){left:0;z-index:3}tbody tr:hover>*{background-color:#f3f7f9}
thead button:focus-visible,input:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid #c77700;
outline-offset:2px}
th[aria-sort=ascending] button::after{content:" \\25b2"}th[aria-sort=descending] button::after{content:" \\25bc"}
td.n,th.n{text-align:right}td.n{font-variant-numeric:tabular-nums;white-space:nowrap}svg{vertical-align:-.1em;margin-left:.5rem}
#cities th,#cities td{padding:.28rem .4rem}#cities .n svg{display:block;margin:.1rem 0 0 auto}td.w{min-width:9rem}
td.f,th.f{white-space:nowrap}
td.h{text-align:center;min-width:2.3rem;padding:.28rem .2rem;font-variant-numeric:tabular-nums;
border-left:1px solid #fff}
.mark{background:#fff3bf;padding:.2rem .5rem;font-weight:600}
th .mark{display:block;width:fit-content;max-width:12rem;margin-top:.2rem;font-weight:400;white-space:normal}
li.g{margin-top:.3rem;color:var(--grey)}.key th{position:static;font-weight:400}
input{font:inherit;padding:.35rem .6rem;width:min(26rem,100%);border:1px solid #8a94a0;border-radius:3px}
.v thead tr+tr th{writing-mode:vertical-rl;padding:.6rem .35rem;font-weight:400;top:2rem}
.v thead tr+tr th:first-child{writing-mode:horizontal-tb}.v thead tr:first-child th{height:1.4rem;white-space:nowrap}
summary{cursor:pointer;white-space:nowrap}td ul{margin:.2rem 0;padding:0;list-style:none;white-space:nowrap}
@media(max-width:40rem){tbody th{white-space:normal;min-width:7rem}}
@media print{thead button{display:contents}caption>span{max-width:none}
label,#found,nav,details,.screen,td.f,th.f{display:none}*{print-color-adjust:exact}
.wide{max-height:none;overflow:visible}thead th,thead td,tbody th{position:static}html{font-size:10px}
body{font-size:10px;padding:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}
.pair{grid-template-columns:1fr 1fr}}
"""
SCRIPT = """
const box=document.getElementById("search"),found=document.getElementById("found");
const table=document.getElementById("cities"),cities=table.tBodies[0],now=new Date();
const two=number=>String(number).padStart(2,"0");
const today=now.getFullYear()+"-"+two(now.getMonth()+1)+"-"+two(now.getDate());
function stage(steps){if(!steps.length)return table.dataset.dated;
const runs=steps.filter(([,first,last])=>first<=today&&today<=last).map(step=>step[0]);
if(runs.length)return runs.join(", ");
const past=steps.filter(step=>step[2]<today);if(!past.length)return table.dataset.begun;
return past.reduce((one,other)=>other[2]>one[2]?other:one)[0]+table.dataset.ended}
const stages=JSON.parse(table.dataset.calendars).map(stage);
for(const row of cities.rows)row.querySelector(".w").textContent=stages[row.dataset.c];
document.getElementById("day").textContent=
now.toLocaleDateString("id-ID",{day:"numeric",month:"long",year:"numeric"});
function plain(text){return text.toLowerCase().normalize("NFD").replace(/[\\u0300-\\u036f]/g,"")}
function search(){const words=plain(box.value).split(/\\s+/).filter(Boolean);
for(const row of document.querySelectorAll("tr[data-q]")){const text=" "+plain(row.dataset.q+" "+stages[row.dataset.c]);
row.hidden=!words.every(word=>text.includes(/^\\d/.test(word)?" "+word:word))}
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
for(const any of document.querySelectorAll("table"))for(const button of any.tHead.querySelectorAll("button"))
button.addEventListener("click",()=>sort(any,button.parentElement));search();
"""
