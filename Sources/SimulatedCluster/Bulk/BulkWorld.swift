import WireFormats

/// A world of many healthy objects in the form of recorded ones, for benchmarks and for practice at scale.
///
/// What each object is called, where it runs and what it says follows from its number alone.
package struct BulkWorld: Sendable, Equatable {
  package var pods: Int
  package var nodes: Int
  package var namespaces: Int
  /// How many custom kinds there are beside the built-in ones, with a few objects each.
  package var customKinds: Int

  static let podsPerWorkload = 10
  static let objectsPerCustomKind = 5

  package init(
    pods: Int = 20_000,
    nodes: Int = 2_000,
    namespaces: Int = 50,
    customKinds: Int = 0
  ) {
    self.pods = pods
    self.nodes = max(1, nodes)
    self.namespaces = max(1, namespaces)
    self.customKinds = max(0, customKinds)
  }

  /// How many kinds a server has whatever world it serves.
  package static let builtInKinds = Set(
    BuiltInResources.all.filter { $0.verbs.contains("list") && $0.storedAs == nil }
      .map(\.qualifiedPlural)
  ).count

  var workloads: Int { (pods + Self.podsPerWorkload - 1) / Self.podsPerWorkload }

  /// The Pods of a workload, all of which have a place to run from the start.
  func pods(of workload: Int) -> Range<Int> {
    let first = workload * Self.podsPerWorkload
    return first..<min(pods, first + Self.podsPerWorkload)
  }

  func workload(of pod: Int) -> Int { pod / Self.podsPerWorkload }
  func node(of pod: Int) -> Int { pod % nodes }

  // MARK: Names

  func namespaceName(_ number: Int) -> String { "bulk-\(Self.padded(number, 3))" }
  func namespace(of workload: Int) -> String { namespaceName(workload % namespaces) }
  func nodeName(_ number: Int) -> String { "node-\(Self.padded(number, 5))" }
  func appName(_ workload: Int) -> String { "app-\(Self.padded(workload, 5))" }

  func replicaSetName(_ workload: Int, _ generation: Int) -> String {
    "\(appName(workload))-\(templateHash(workload, generation))"
  }

  /// The last letter tells the Pods of one workload apart.
  func podName(_ pod: Int, _ generation: Int) -> String {
    let owner = replicaSetName(workload(of: pod), generation)
    let suffix = Self.letters(4, Mark.pod.number(pod, generation))
    let last = Self.alphabet[pod % Self.podsPerWorkload]
    return "\(owner)-\(suffix)\(last)"
  }

  func templateHash(_ workload: Int, _ generation: Int) -> String {
    Self.letters(9, Mark.template.number(workload, generation))
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Those of generated names, which cannot form words.
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  static func letters(_ count: Int, _ number: UInt64) -> String {
    var rest = number
    return String(
      (0..<count).map { _ in
        defer { rest /= UInt64(alphabet.count) }
        return alphabet[Int(rest % UInt64(alphabet.count))]
      }
    )
  }

  // MARK: Addresses

  /// How many addresses a Node has for Pods: of each place, one for each of two generations, and a few to
  /// spare.
  private var addressBits: Int {
    let wanted = 2 * ((pods + nodes - 1) / nodes) + 8
    return max(8, Int.bitWidth - (wanted - 1).leadingZeroBitCount)
  }

  func addressRange(ofNode node: Int) -> String {
    "\(Self.address(10 << 24 + node << addressBits))/\(32 - addressBits)"
  }

  /// The Pod that takes another's place runs beside it for a while, and has another address.
  func podAddress(_ pod: Int, _ generation: Int) -> String {
    let place = 2 * (pod / nodes) + generation % 2
    return Self.address(10 << 24 + node(of: pod) << addressBits + 2 + place)
  }

  func nodeAddress(_ node: Int) -> String { Self.address(172 << 24 + 16 << 16 + node + 1) }
  func serviceAddress(_ workload: Int) -> String {
    Self.address(172 << 24 + 128 << 16 + workload + 1)
  }

  private static func address(_ number: Int) -> String {
    "\(number >> 24).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
  }

  // MARK: Identities

  /// What an identity is drawn for, so that no two objects have the same.
  enum Mark: UInt64 {
    case pod = 1
    case template, node, lease, deployment, replicaSet, service, endpointSlice, configMap
    case secret, serviceAccount, disruptionBudget, autoscaler, custom, event, rootCertificates
    case revision

    func number(_ index: Int, _ generation: Int = 0) -> UInt64 {
      var random = SplitMix64(
        seed: rawValue << 56 ^ UInt64(generation) << 40 ^ UInt64(truncatingIfNeeded: index)
      )
      return random.next()
    }

    func uid(_ index: Int, _ generation: Int = 0) -> String {
      Identities.uid(number(index, generation), number(~index, generation))
    }
  }
}
