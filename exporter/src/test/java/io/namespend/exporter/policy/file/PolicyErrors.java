package io.namespend.exporter.policy.file;

import java.util.List;
import java.util.stream.Stream;

/** Wrong files, and how each of their errors begins. */
final class PolicyErrors {
  /** A file, then its errors in order, all parted by {@code =>}. */
  static final String TABLE =
      """
      [a]                                                    => document: "...": write a mapping
      just text                                              => document: "...": write a mapping
      currency: [USD]                                        => currency: "["USD"]": write a text
      currency: XYZ                                          => currency: "XYZ": write a code of ISO 4217
      currency: ''                                           => currency: "": write a text
      ownership: team                                        => ownership: "...": write a mapping
      ownership: {label: {}}                                 => ownership.label: "...": unknown key; known: defaults, labels
      ownership: {labels: {team: team}}                      => ownership.labels.team: "team": write a list
      ownership: {labels: {team: [team, "a b"]}}             => ownership.labels.team[1]: "a b": write the name of a Kubernetes label
      ownership: {labels: {team: [{}]}}                      => ownership.labels.team[0]: "{}": write a text
      ownership: {labels: {cost_center: [a]}}                => ownership.labels.cost_center: "...": unknown key; known: costCenter,
      ownership: {defaults: {team: ['']}}                    => ownership.defaults.team: "[""]": write a text
      ownership: {defaults: {team: "a\\nb"}}                 => ownership.defaults.team: "a b": write a name of 1 to 63
      ownership: {defaults: {squad: a}}                      => ownership.defaults.squad: "...": unknown key
      allocation: {model: fair}                              => allocation.model: "fair": write one of blended, request, usage, max
      allocation: {blend: {request: 0.7}}                    => allocation.blend: "{"request":0.7}": request and usage must add up to 1
      allocation: {blend: {request: 2, usage: -1}}           => allocation.blend.request: "2": write a number from 0 to 1 => allocation.blend.usage: "-1": write a number from 0 to 1 => allocation.blend:
      allocation: {blend: {request: 1, max: 0}}              => allocation.blend.max: "...": unknown key; known: request, usage
      allocation: {overrides: {}}                            => allocation.overrides: "{}": write a list
      allocation: {overrides: [{}]}                          => allocation.overrides[0].namespaces: "": is missing; write at least one namespace => allocation.overrides[0].model: "": is missing
      allocation: {overrides: [{namespaces: [], model: max}]}   => allocation.overrides[0].namespaces: "[]": write at least one namespace
      allocation: {overrides: [{namespaces: a, model: max}]}    => allocation.overrides[0].namespaces: "a": write a list
      allocation: {overrides: [{namespaces: ["a?"], model: max}]} => allocation.overrides[0].namespaces[0]: "a?": write a namespace
      workloads: {labels: [a]}                               => workloads.labels: "...": unknown key; known: fold, foldGenerated, label
      workloads: {label: "a b"}                              => workloads.label: "a b": write the name of a Kubernetes label
      workloads: {foldGenerated: 1}                          => workloads.foldGenerated: "1": write true or false
      workloads: {fold: [{}]}                                => workloads.fold[0].ownerKind: "": is missing; write the kind => workloads.fold[0].name: "": is missing; write names
      workloads: {fold: [{ownerKind: Deployment, name: a}]}  => workloads.fold[0].ownerKind: "Deployment": objects of this kind last and are never folded
      workloads: {fold: [{ownerKind: statefulset, name: a}]} => workloads.fold[0].ownerKind: "statefulset": objects of this kind last
      workloads: {fold: [{ownerKind: "a b", name: "A*", as: "b*"}]} => workloads.fold[0].ownerKind: "a b": write a kind => workloads.fold[0].name: "A*": write a name => workloads.fold[0].as: "b*": write a name
      pools: {}                                              => pools: "{}": write a list
      pools: [a]                                             => pools[0]: "...": write a mapping => pools[0].name: "": is missing => pools[0].namespaces: "": is missing
      pools: [{namespaces: [a]}]                             => pools[0].name: "": is missing; write a name
      pools: [{name: a}]                                     => pools[0].namespaces: "": is missing; write the shared namespaces, or name one of the standing pools idle, system, unclaimed-storage, control-plane
      pools: [{name: idle, namespaces: [a]}]                 => pools[0].namespaces: "["a"]": the pool idle holds no namespaces
      pools: [{name: idle}, {name: idle}]                    => pools[1].name: "idle": is there twice
      pools: [{name: idle, colour: red}]                     => pools[0].colour: "...": unknown key; known: except, floor, name, namespaces, per, split, tenants, weights
      pools: [{name: idle, split: weighted}]                 => pools[0].weights: "": is missing; write them
      pools: [{name: idle, weights: {a: 1}}]                 => pools[0].weights: "{"a":1}": count in split weighted only
      pools: [{name: idle, split: weighted, weights: {a: -1}}]   => pools[0].weights.a: "-1": write a number from 0
      pools: [{name: idle, split: weighted, weights: {a: 0}}]    => pools[0].weights: "{"a":0}": nobody has one above 0
      pools: [{name: idle, split: weighted, weights: {}}]    => pools[0].weights: "{}": nobody has one above 0
      pools: [{name: idle, split: weighted, weights: {a: }}] => pools[0].weights.a: "null": is missing; write a weight
      pools: [{name: idle, split: weighted, weights: {A: 1}}]    => pools[0].weights.A: "1": write a namespace
      pools: [{name: idle, split: weighted, weights: [1]}]   => pools[0].weights: "...": write a mapping
      pools: [{name: idle, per: rack}]                       => pools[0].per: "rack": write one of cluster, nodeGroup, node
      pools: [{name: control-plane, per: node}]              => pools[0].per: "node": only what arises on nodes can be split so, the pools idle and system
      pools: [{name: a, namespaces: [b], per: nodeGroup}]    => pools[0].per: "nodeGroup": only what arises on nodes
      nodeGroups: {labels: pool}                             => nodeGroups.labels: "pool": write a list
      nodeGroups: {labels: ["a b"]}                          => nodeGroups.labels[0]: "a b": write the name of a Kubernetes label
      nodeGroups: {label: [a]}                               => nodeGroups.label: "...": unknown key; known: labels
      pools: [{name: idle, floor: -0.1}]                     => pools[0].floor: "-0.1": write a number from 0 to 1000000000000
      pools: [{name: idle, floor: .inf}]                     => pools[0].floor: ".inf": write a number from 0
      pools: [{name: idle, floor: .nan}]                     => pools[0].floor: ".nan": write a number from 0
      pools: [{name: idle, floor: 1e999}]                    => pools[0].floor:
      pools: [{name: idle, floor: much}]                     => pools[0].floor: "much": write a number
      pools: [{name: idle, split: none, floor: 1, tenants: [a], except: [b]}] => pools[0].floor: "1": split none shares nothing => pools[0].tenants: => pools[0].except:
      pools: [{name: idle, tenants: []}]                     => pools[0].tenants: "[]": write at least one namespace
      pools: [{name: idle, except: [1.5]}]                   => pools[0].except[0]: "1.5": write a namespace
      sharedServices: [{}]                                   => sharedServices[0].name: "": is missing => sharedServices[0].category: "": is missing => sharedServices[0].hourlyCost: "": is missing; write exactly one of hourlyCost, monthlyCost, oneTimeCost
      sharedServices: [{name: a, category: b, hourlyCost: 1, monthlyCost: 2}] => sharedServices[0].hourlyCost: "1": write exactly one of => sharedServices[0].monthlyCost: "2": write exactly one of
      sharedServices: [{name: idle, category: b, hourlyCost: 1}] => sharedServices[0].name: "idle": is a pool that every cluster has
      sharedServices: [{name: a, category: b, hourlyCost: -1}]   => sharedServices[0].hourlyCost: "-1": write a number from 0
      sharedServices: [{name: a, category: b, hourlyCost: 1e400}]  => sharedServices[0].hourlyCost:
      sharedServices: [{name: a, category: b, monthlyCost: $5}]  => sharedServices[0].monthlyCost: "$5": write a number
      sharedServices: [{name: a, category: b, monthlyCost: 5, monthHours: 24}] => sharedServices[0].monthHours: "24": write a number from 672 to 744
      sharedServices: [{name: a, category: b, hourlyCost: 5, monthHours: 730}] => sharedServices[0].monthHours: "730": counts with monthlyCost only
      sharedServices: [{name: a, category: b, oneTimeCost: 5}]   => sharedServices[0].from: "": is missing => sharedServices[0].until: "": is missing
      sharedServices: [{name: a, category: b, oneTimeCost: 5, from: 2026-02-01, until: 2026-02-01}] => sharedServices[0].until: "2026-02-01": must be after from
      sharedServices: [{name: a, category: b, oneTimeCost: 5, from: 2026-02-30, until: 2026-03-01}] => sharedServices[0].from: "2026-02-30": write a date or time of ISO 8601
      sharedServices: [{name: a, category: b, oneTimeCost: 5, from: 2026-01-01, until: 2026-03-01, validFrom: 2026-01-01}] => sharedServices[0].validFrom: "2026-01-01": write from instead
      sharedServices: [{name: a, category: b, hourlyCost: 5, from: 2026-01-01}]  => sharedServices[0].from: "2026-01-01": write validFrom instead
      sharedServices: [{name: a, category: b, hourlyCost: 5, validFrom: 2026-02-01, validUntil: 2026-01-01}] => sharedServices[0].validUntil: "2026-01-01": must be after validFrom
      sharedServices: [{name: a, category: b, hourlyCost: 5, validFrom: 2026-02-01T10:00}] => sharedServices[0].validFrom: "2026-02-01T10:00": write a date or time
      sharedServices: [{name: a, category: b, hourlyCost: 5, namespace: n}]  => sharedServices[0].namespace: "...": unknown key
      externalServices: [{name: a, category: b, hourlyCost: 1}]  => externalServices[0].namespace: "": is missing; write who owns the service
      externalServices: [{name: a, category: b, hourlyCost: 1, namespace: n, team: t}] => externalServices[0].namespace: "n": the owner of a namespace comes from its labels
      externalServices: [{name: a, category: b, hourlyCost: 1, namespace: "n*"}]   => externalServices[0].namespace: "n*": write one namespace
      externalServices: [{name: a, category: b, hourlyCost: 1, team: t, split: even}] => externalServices[0].split: "...": unknown key
      {pools: [{name: a, namespaces: [x]}], sharedServices: [{name: a, category: b, hourlyCost: 1}], externalServices: [{name: a, category: b, hourlyCost: 1, team: t}]} => sharedServices[0].name: "a": is there twice => externalServices[0].name: "a": is there twice
      budgets: [{daily: 5}]                                  => budgets[0].namespace: "": is missing; write exactly one of namespace, team, costCenter
      budgets: [{team: a, costCenter: b, daily: 5}]          => budgets[0].team: "a": write exactly one of => budgets[0].costCenter: "b": write exactly one of
      budgets: [{team: a}]                                   => budgets[0].monthly: "": is missing; write an amount
      budgets: [{team: a, daily: 0}]                         => budgets[0].daily: "0": write an amount above 0
      budgets: [{team: a, daily: -5}]                        => budgets[0].daily: "-5": write a number from 0
      budgets: [{team: a, monthly: 1e13}]                    => budgets[0].monthly: "1e13": write a number from 0 to 1000000000000
      budgets: [{namespace: A, daily: 5}]                    => budgets[0].namespace: "A": write a namespace
      budgets: [{team: a, daily: 5}, {team: a, daily: 6, monthly: 7}] => budgets[1].daily: "6": team a has this budget twice
      budgets: [{team: a, weekly: 5, daily: 1}]              => budgets[0].weekly: "...": unknown key; known: costCenter, daily, monthly, namespace, team
      bills: 5                                               => bills: "5": write a list
      bills: [{}]                                            => bills[0].month: "": is missing; write the month that was billed => bills[0].amount: "": is missing; write what was billed
      bills: [{month: 2026-11, amount: 5}]                   => bills[0].month: "2026-11": is not over; write the bills of months that are
      bills: [{month: 2027-10, amount: 5}]                   => bills[0].month: "2027-10": is not over
      bills: [{month: 2026-13, amount: 5}]                   => bills[0].month: "2026-13": write a year and a month, such as 2026-10
      bills: [{month: 2026-10-01, amount: 5}]                => bills[0].month: "2026-10-01": write a year and a month
      bills: [{month: 10, amount: 5}]                        => bills[0].month: "10": write a year and a month
      bills: [{month: [2026-10], amount: 5}]                 => bills[0].month: "["2026-10"]": write a text
      bills: [{month: 2026-10, amount: -0.01}]               => bills[0].amount: "-0.01": write a number from 0 to 1000000000000
      bills: [{month: 2026-10, amount: "41,234.56"}]         => bills[0].amount: "41,234.56": write a number
      bills: [{month: 2026-10, amount: 1}, {month: 2026-09, amount: 1}, {month: 2026-10, amount: 2}] => bills[2].month: "2026-10": is there twice; write one amount
      bills: [{month: 2026-10, amount: 1, currency: EUR}]    => bills[0].currency: "...": unknown key; known: amount, month
      {pools: [{name: a, namespaces: ["kube-*"]}], budgets: [{namespace: kube-system, daily: 5}]} => budgets[0].namespace: "kube-system": is in the pool a, which bears its cost
      prices: {sources: [aws, aws]}                          => prices.sources: "["aws","aws"]": aws is there twice
      prices: {sources: [bill]}                              => prices.bill.file: "": is missing
      prices: {discounts: [{percent: 200}]}                  => prices.discounts[0].percent: "200": write a number from 0 to 100
      prices: {cache: "\\0"}                                  => prices.cache: " ": Nul character not allowed
      currency: EUR                                          => currency: "EUR": builtin has prices in USD, and prices.exchangeRates has no rate from USD that has begun; write one, such as {from: USD, to: EUR, rate:
      {currency: EUR, prices: {sources: [aws, builtin]}}     => currency: "EUR": aws and builtin have prices in USD
      {currency: PLN, prices: {sources: [azure]}}            => currency: "PLN": azure has prices in USD
      {currency: EUR, prices: {exchangeRates: [{from: USD, rate: 0.9, since: 2999-01-01}]}} => currency: "EUR": builtin has prices in USD, and prices.exchangeRates has no rate from USD that has begun
      {currency: EUR, prices: {exchangeRates: [{from: CHF, rate: 0.9, since: 2026-01-01}]}} => currency: "EUR": builtin
      prices: {exchangeRates: {USD: 0.92}}                   => prices.exchangeRates: "{"USD":0.92}": write a list
      prices: {exchangeRates: [{}]}                          => prices.exchangeRates[0].from: "": is missing => prices.exchangeRates[0].rate: "": is missing; write what one unit is in USD => prices.exchangeRates[0].since: "": is missing
      prices: {exchangeRates: [{from: EUR, rate: 0, since: 2026-01-01}]}   => prices.exchangeRates[0].rate: "0": write a number above 0
      prices: {exchangeRates: [{from: EUR, rate: -1, since: 2026-01-01}]}  => prices.exchangeRates[0].rate: "-1": write a number from 0
      prices: {exchangeRates: [{from: EUR, rate: "1.1", since: 2026-01-01}]} => prices.exchangeRates[0].rate: "1.1": write a number from 0
      prices: {exchangeRates: [{from: EUR, rate: 1e300, since: 2026-01-01}]} => prices.exchangeRates[0].rate: "1e300": write a number from 0
      prices: {exchangeRates: [{from: EUR, rate: 1.1, since: yesterday}]}  => prices.exchangeRates[0].since: "yesterday": write a date or time of ISO 8601
      prices: {exchangeRates: [{from: USD, rate: 1.1, since: 2026-01-01}]} => prices.exchangeRates[0].from: "USD": is the policy's currency
      prices: {exchangeRates: [{from: eur, rate: 1.1, since: 2026-01-01}]} => prices.exchangeRates[0].from: "eur": write a code of ISO 4217
      prices: {exchangeRates: [{from: EUR, to: CHF, rate: 1.1, since: 2026-01-01}]} => prices.exchangeRates[0].to: "CHF": all prices become USD
      prices: {exchangeRates: [{from: EUR, rate: 1.1, since: 2026-01-01}, {from: EUR, rate: 1.2, since: 2026-01-01T00:00:00Z}]} => prices.exchangeRates[1].since: "2026-01-01T00:00:00Z": another rate of EUR begins at the same moment
      prices: {exchangeRates: [{from: EUR, rate: 1.1, since: 2026-01-01, until: 2027-01-01}]} => prices.exchangeRates[0].until: "...": unknown key; known: from, rate, since, to
      prices: []                                             => prices: "...": write a mapping
      """;

  private PolicyErrors() {}

  static List<String> parsed(String line) {
    return Stream.of(line.split("=>")).map(String::strip).toList();
  }
}
