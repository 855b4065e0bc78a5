#!/usr/bin/env python3
"""Prints the reference values of crates/core/tests/it/modifiers.rs: where 60 steps on Rosenbrock's function from
(-1.5, 2) end, made with torch.optim, torch.nn.utils, torch.optim.swa_utils and optax, or by hand where these have no
such thing. Needs torch, jax and optax."""

import torch
torch.set_default_dtype(torch.float64)
f=lambda x,y:(1-x)**2+100*(y-x*x)**2
def run(name,make,steps=60,begin=None,grad=None,before=None,after=None):
    p=torch.tensor([-1.5,2.0],requires_grad=True); o=make(p); s=begin(p) if begin else {}
    out=p
    for t in range(steps):
        o.zero_grad(); f(*p).backward()
        if grad: grad(p,s)
        if before: before(p,s)
        o.step()
        if after: out=after(p,s,t) 
    q=(out if after and out is not None else p).detach().tolist()
    print(f'    ("{name}", [{q[0]!r}, {q[1]!r}]),')
adam=lambda p: torch.optim.Adam([p],lr=0.02)
sgd=lambda p: torch.optim.SGD([p],lr=1e-3,momentum=0.9)
run("clip_norm",sgd,grad=lambda p,s: torch.nn.utils.clip_grad_norm_([p],5.0) and None)
run("clip_value",sgd,grad=lambda p,s: torch.nn.utils.clip_grad_value_([p],3.0))
run("adamw",lambda p: torch.optim.AdamW([p],lr=0.02,weight_decay=0.1))
run("l2",lambda p: torch.optim.Adam([p],lr=0.02,weight_decay=0.1))
run("maximize",lambda p: torch.optim.Adam([p],lr=0.02,maximize=True))
def sam(p,s):
    q=(p.detach()+0.05/(p.grad.norm()+1e-12)*p.grad).requires_grad_(); f(*q).backward(); p.grad=q.grad
run("sam",adam,grad=sam)
def box(p,s,t):
    with torch.no_grad(): p.clamp_(torch.tensor([-1.2,0.5]),torch.tensor([0.8,1.9]))
    return p
run("box",adam,after=box)
def look(p,s,t):
    if (t+1)%5==0:
        with torch.no_grad(): s['z']+=0.5*(p-s['z']); p.copy_(s['z'])
    return p
run("lookahead",adam,begin=lambda p:{'z':p.detach().clone()},after=look)
from torch.optim.swa_utils import AveragedModel,get_ema_avg_fn
class M(torch.nn.Module):
    def __init__(s,p): super().__init__(); s.p=p if isinstance(p,torch.nn.Parameter) else torch.nn.Parameter(p)
def avg(fn):
    def begin(p): 
        m=M.__new__(M); torch.nn.Module.__init__(m); m.p=torch.nn.Parameter(p.detach().clone()); return {'m':m,'a':AveragedModel(m,avg_fn=fn)}
    def after(p,s,t):
        s['m'].p.data.copy_(p.detach()); s['a'].update_parameters(s['m']); return s['a'].module.p
    return dict(begin=begin,after=after)
run("mean",sgd,**avg(None)); run("ema",sgd,**avg(get_ema_avg_fn(0.9)))
# a chain: sam, clipped, with a penalty, in a box
def chain(p,s):
    def g(q):
        q=q.detach().requires_grad_(); f(*q).backward(); return q.grad
    def clip(v): return v*min(1.0,5.0/(v.norm().item()+1e-6))
    g0=clip(g(p)); g1=clip(g(p.detach()+0.05/(g0.norm()+1e-12)*g0)); p.grad=g1+0.1*p.detach()
run("chain",adam,grad=chain,after=box)
import jax, optax, jax.numpy as jnp
jax.config.update("jax_enable_x64",True)
def oo(name,o,steps=60):
    p=jnp.array([-1.5,2.0]); st=o.init(p); gr=jax.grad(lambda p:f(*p))
    for _ in range(steps):
        u,st=o.update(gr(p),st,p); p=optax.apply_updates(p,u)
    print(f'    ("{name}", {[float(v) for v in p]!r}),')
oo("optax_clip",optax.chain(optax.clip_by_global_norm(5.0),optax.sgd(1e-3,momentum=0.9)))
o=optax.lookahead(optax.adam(0.02),sync_period=5,slow_step_size=0.5)
pp=optax.LookaheadParams.init_synced(jnp.array([-1.5,2.0])); st=o.init(pp); gr=jax.grad(lambda p:f(*p))
for _ in range(60):
    u,st=o.update(gr(pp.fast),st,pp); pp=optax.apply_updates(pp,u)
print(f'    ("optax_lookahead", {[float(v) for v in pp.fast]!r}),')
