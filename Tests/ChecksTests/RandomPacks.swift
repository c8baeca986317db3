import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import Rules

/// Packs of rules that come, change and go in a random world, as files and ConfigMaps make them.
struct RandomPacks {
  /// Of each pack the versions between which it changes; in the place of one it may be missing.
  private let packs: [[RulePack?]]
  private(set) var rules = RuleSet()

  /// Read once, for that takes longer than a step.
  private static let read = Result {
    [
      [nil] + (try widgets.map { try RulePack(reading: $0, path: "widgets.yaml") }),
      [nil] + (try workloads.map { try RulePack(reading: $0, path: "workloads.yaml") }),
    ]
  }

  init() throws { packs = try Self.read.get() }

  /// All versions of all packs.
  var all: [RulePack] { packs.joined().compactMap(\.self) }

  /// Changes one pack or several.
  mutating func change(using random: inout SeededGenerator) {
    rules = RuleSet(packs.compactMap { random.pick($0) })
  }

  private static func pack(_ name: String, _ rest: String) -> String {
    "apiVersion: kpatrol.io/v1\nkind: RulePack\nmetadata: {name: \(name)}\n" + rest
  }

  /// Rules about a custom resource and what it names; each sees others or times in another way.
  private static let widgets = [
    pack(
      "widgets",
      """
      references:
        - {id: config, from: Widget.example.com, field: "spec.refs[]", to: [ConfigMap], settles: 0s}
        - {id: node, from: ConfigMap, field: data.node, to: [Node], optional: true}
      rules:
        - {id: old, title: t, match: {kinds: [Widget.example.com, ConfigMap]}, when: object.?data != old.?data, message: "{{ old.?data.?mode.orValue('none') }}"}
        - id: late
          title: t
          match: {kinds: [Widget.example.com]}
          when: object.?spec.?times.orValue([]).exists(x, now > timestamp(x) && now < timestamp(x) + duration('400s'))
          message: late
        - id: looked-up
          title: t
          match: {kinds: [Widget.example.com, Service]}
          when: lookup('ConfigMap', object.metadata.namespace, object.metadata.name).?data.?mode.orValue('off') == 'off'
          message: "{{ lookup('Node', '', 'node-1').?metadata.?name.orValue('no node') }}"
        - id: widgets
          title: t
          match: {kinds: [ConfigMap]}
          when: referrers('Widget.example.com').exists(w, w.?spec.?size.orValue(0) > 1)
          message: "{{ referrers('Widget.example.com').map(w, w.?spec.?size.orValue(0)) }}"
      causes:
        - {cause: widgets, explains: [config, old], about: referrers}
      exceptions:
        - {rules: looked-up, namespaces: [payments], reason: r, until: "2026-11-23T12:20:00Z"}
        - {rules: old, where: "object.?data.?mode.orValue('') == 'on'", reason: r}
      """
    ),
    pack(
      "widgets",
      """
      references:
        - {id: config, from: Widget.example.com, field: "spec.parts[]", to: [ConfigMap, Service], settles: 0s}
      rules:
        - {id: old, title: t, match: {kinds: [Widget.example.com]}, when: object.?spec.?size.orValue(0) > old.?spec.?size.orValue(0), message: "{{ old.?spec.?size.orValue(0) }}"}
        - {id: late, title: t, match: {kinds: [Widget.example.com]}, when: "object.?spec.?times.orValue([]).exists(x, timestamp(x) < now)", message: late}
        - {id: unused, title: t, match: {kinds: [ConfigMap]}, when: referrers('Widget.example.com').size() == 0, message: unused}
        - id: looked-up
          title: t
          match: {kinds: [Widget.example.com]}
          when: object.?spec.?refs.orValue([]).exists(r, lookup('ConfigMap', 'shop', r) == null)
          message: "{{ object.spec.refs.map(r, lookup('Pod', 'shop', r).?status.?phase.orValue('none')) }}"
      """
    ),
  ]

  /// Rules about built-in kinds, and what these name and select.
  private static let workloads = [
    pack(
      "workloads",
      """
      params: {phase: Running}
      rules:
        - {id: own, title: t, match: {kinds: [Pod], namespaces: ["shop*"]}, when: object.?status.?phase.orValue('') == params.phase, message: "{{ object.?spec.?nodeName.orValue('') }}"}
        - {id: old, title: t, match: {kinds: [Pod, Node]}, when: object.?status.?phase != old.?status.?phase, message: "{{ old.?status.?phase.orValue('none') }}"}
        - id: on-node
          title: t
          match: {kinds: [Pod]}
          when: refs('Node').exists(n, n.?spec.?unschedulable.orValue(false))
          message: "{{ refs('Node').map(n, n.metadata.name) }}"
        - id: pods
          title: t
          match: {kinds: [Node, Service, ConfigMap, PersistentVolumeClaim]}
          when: referrers('Pod').exists(p, p.?status.?phase.orValue('') == 'Running') || refs('Pod').size() > 1
          message: "{{ referrers('Pod').map(p, p.metadata.name) }}"
        - {id: configured, title: t, match: {kinds: [Deployment.apps, Pod]}, when: refs('ConfigMap').size() + refs('Secret').size() > 0, message: "{{ refs('ConfigMap').map(c, c.?data.?mode.orValue('')) }}"}
        - {id: several, title: t, match: {kinds: [Node]}, when: cluster.hasSeveralNodes, message: several}
      causes:
        - {cause: pods, explains: [own, on-node], about: referrers}
      """
    ),
    pack(
      "workloads",
      """
      params: {phase: Pending}
      rules:
        - {id: own, title: t, match: {kinds: [Pod], labels: app=cart}, when: object.?status.?phase.orValue('') == params.phase, message: "{{ object.?status.?podIP.orValue('') }}"}
        - {id: pods, title: t, match: {kinds: [Node]}, when: referrers('Pod').size() > 0, message: "{{ referrers('Pod').map(p, p.?spec.?schedulerName.orValue('')) }}"}
        - id: claims
          title: t
          match: {kinds: [Pod]}
          when: refs('PersistentVolumeClaim').exists(c, lookup('PersistentVolume', '', c.?spec.?volumeName.orValue('')) == null)
          message: "{{ refs('PersistentVolumeClaim').map(c, c.?spec.?volumeName.orValue('none')) }}"
      """
    ),
  ]
}
