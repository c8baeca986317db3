import Synchronization

/// Decides for each request and each connection what goes wrong with it, and counts what struck.
final class FaultInjector: Sendable {
  private struct State {
    var rules: [(id: Int, rule: FaultRule)] = []
    var connectionRules: [(id: Int, rule: ConnectionFaultRule)] = []
    var lastID = 0
    var numbers = SplitMix64(seed: 1)
    var counts: [Fault.Kind: Int] = [:]

    mutating func newID() -> Int {
      lastID += 1
      return lastID
    }

    mutating func happens(_ probability: Double) -> Bool {
      probability >= 1 || Double.random(in: 0..<1, using: &numbers) < probability
    }
  }

  private let state = Mutex(State())

  var counts: [Fault.Kind: Int] { state.withLock { $0.counts } }

  func add(_ rule: FaultRule) -> Int {
    state.withLock { state in
      let id = state.newID()
      state.rules.append((id, rule))
      return id
    }
  }

  func add(_ rule: ConnectionFaultRule) -> Int {
    state.withLock { state in
      let id = state.newID()
      state.connectionRules.append((id, rule))
      return id
    }
  }

  func remove(_ ids: Set<Int>) {
    state.withLock { state in
      state.rules.removeAll { ids.contains($0.id) }
      state.connectionRules.removeAll { ids.contains($0.id) }
    }
  }

  func removeAll() {
    state.withLock { state in
      state.rules.removeAll()
      state.connectionRules.removeAll()
    }
  }

  /// Begins the sequence that probabilities are decided by anew.
  func reseed(_ seed: UInt64) {
    state.withLock { $0.numbers = SplitMix64(seed: seed) }
  }

  func forgetCounts() {
    state.withLock { $0.counts.removeAll() }
  }

  /// What goes wrong with this request, in the order in which it was asked for.
  func faults(for request: RequestAttributes) -> [Fault] {
    state.withLock { state in
      var struck: [Fault] = []
      for index in state.rules.indices {
        let rule = state.rules[index].rule
        guard rule.times != 0, rule.requests.matches(request), Self.fits(rule.fault, request),
          state.happens(rule.probability)
        else { continue }
        if let times = rule.times { state.rules[index].rule.times = times - 1 }
        state.counts[rule.fault.kind, default: 0] += 1
        struck.append(rule.fault)
      }
      state.rules.removeAll { $0.rule.times == 0 }
      return struck
    }
  }

  /// What goes wrong with a new connection.
  func connectionFault() -> ConnectionFault? {
    state.withLock { state in
      for index in state.connectionRules.indices {
        let rule = state.connectionRules[index].rule
        guard rule.times != 0, state.happens(rule.probability) else { continue }
        if let times = rule.times { state.connectionRules[index].rule.times = times - 1 }
        state.counts[rule.fault.kind, default: 0] += 1
        return rule.fault
      }
      return nil
    }
  }

  /// An ERROR event can only stand in a watch.
  private static func fits(_ fault: Fault, _ request: RequestAttributes) -> Bool {
    fault.kind != .expiredEvent || request.verb == "watch"
  }
}
