import KubernetesObjects
import Rules

/// The packs that ConfigMaps of a cluster hold, each of their keys that ends in `.yaml` or `.yml` one.
struct LivePacks: Sendable {
  /// The label of such ConfigMaps, whatever its value.
  static let label = "kpatrol.io/rule-pack"

  /// What one ConfigMap held when it was last read.
  private struct Holding: Sendable {
    var version = ""
    var packs: [RulePack] = []
    var faults: [RuleFault] = []
  }

  /// The versions that ConfigMaps have now.
  private var wanted: [ObjectKey: String] = [:]
  private var holdings: [ObjectKey: Holding] = [:]
  /// Reads what has changed.
  var reading: Task<Void, Never>?

  var keys: [ObjectKey] { wanted.keys.sorted() }
  var packs: [RulePack] { inOrder.flatMap(\.packs) }
  var faults: [RuleFault] { inOrder.flatMap(\.faults) }

  private var inOrder: [Holding] { holdings.sorted { $0.key < $1.key }.map(\.value) }

  /// One that has to be read.
  var next: (key: ObjectKey, version: String)? {
    wanted.first { holdings[$0.key]?.version != $0.value }.map { ($0.key, $0.value) }
  }

  /// Whether packs of ConfigMaps are in force that are not there any more.
  var hasLeftOvers: Bool { holdings.keys.contains { wanted[$0] == nil } }

  mutating func note(_ key: ObjectKey, _ version: String?) { wanted[key] = version }

  mutating func dropLeftOvers() {
    for key in holdings.keys where wanted[key] == nil { holdings[key] = nil }
  }

  /// Takes in what a ConfigMap holds; a pack that is broken keeps its last good version.
  ///
  /// `inertReason` says why its remedies are not carried out; `nil` where they may be.
  mutating func take(
    _ data: [String: String],
    of key: ObjectKey,
    _ version: String,
    inertReason: String?
  ) {
    let before = holdings[key]?.packs ?? []
    var holding = Holding(version: version)
    for (name, text) in data.sorted(by: { $0.key < $1.key })
    where name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      let path = "\(key) \(name)"
      do throws(RulePack.Mistakes) {
        let pack = try RulePack(reading: text, path: path)
        holding.packs.append(inertReason.map { pack.withInertRemedies(because: $0) } ?? pack)
      } catch {
        let last = before.first { $0.path == path }
        if let last { holding.packs.append(last) }
        holding.faults.append(error.fault(of: path, isKept: last != nil))
      }
    }
    holdings[key] = holding
  }

  /// Notes that a ConfigMap could not be read; what it held before stays in force.
  mutating func noteFailure(_ reason: String, of key: ObjectKey, _ version: String) {
    holdings[key, default: Holding()].version = version
    holdings[key]?.faults = [RuleFault("\(key)", "It cannot be read: \(reason)")]
  }
}
