{
 "machine": {
  "processor": "AMD EPYC",
  "cores": "2",
  "system": "Linux-6.18.44-fc-v595-x86_64-with-glibc2.36",
  "python": "3.11.7",
  "hoolering": "0.1.0",
  "ortools": "9.15.6755",
  "pyvrp": "0.14.1",
  "pyvroom": "1.15.2",
  "numpy": "2.4.6",
  "numba": "0.68.1"
 },
 "rows": [
  {
   "family": "vrptw",
   "instance": "rounds",
   "convention": "dist:trunc1",
   "engine": "ortools",
   "seconds": 10.0,
   "seed": 1,
   "status": "ok",
   "remark": "",
   "size": 3,
   "vehicles": 2,
   "cost": 30.0,
   "best_vehicles": 2,
   "best_cost": 30.0,
   "wall": 12.22,
   "load": 4.34,
   "trace": [
    [
     0.017,
     null,
     30.0
    ]
   ]
  }
 ]
}
