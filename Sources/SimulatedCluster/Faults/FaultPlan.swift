/// A fault, whom it strikes, how often and how surely.
package struct FaultRule: Sendable, Equatable {
  package var fault: Fault
  package var requests: RequestMatcher
  /// After how many strikes it is over; `nil` goes on.
  package var times: Int?
  package var probability: Double

  package init(
    _ fault: Fault,
    on requests: RequestMatcher = .any,
    times: Int? = nil,
    probability: Double = 1
  ) {
    self.fault = fault
    self.requests = requests
    self.times = times
    self.probability = probability
  }
}

/// A fault of connections, how often and how surely.
package struct ConnectionFaultRule: Sendable, Equatable {
  package var fault: ConnectionFault
  package var times: Int?
  package var probability: Double

  package init(_ fault: ConnectionFault, times: Int? = nil, probability: Double = 1) {
    self.fault = fault
    self.times = times
    self.probability = probability
  }
}

/// Everything that is to go wrong, decided by one seed.
package struct FaultPlan: Sendable, Equatable {
  package var seed: UInt64
  package var rules: [FaultRule]
  package var connectionRules: [ConnectionFaultRule]

  package init(
    seed: UInt64 = 1,
    rules: [FaultRule] = [],
    connectionRules: [ConnectionFaultRule] = []
  ) {
    self.seed = seed
    self.rules = rules
    self.connectionRules = connectionRules
  }

  /// Everything that can go wrong and then lets a patient client go on, each for a small share of the requests.
  ///
  /// What stays silent for ever is left out unless asked for: it tries a client's timeouts, not its patience.
  package static func everything(
    seed: UInt64,
    probability: Double = 0.02,
    withSilence: Bool = false
  ) -> FaultPlan {
    var numbers = SplitMix64(seed: seed)
    func bytes(upTo limit: Int) -> Int { Int.random(in: 0...limit, using: &numbers) }
    var faults: [(Fault, RequestMatcher)] = [
      (.delay(.milliseconds(50)), .any),
      (.dribble(bytes: 4096, every: .milliseconds(1)), .any),
      (.throttle(bytesPerSecond: 4 << 20), .any),
      (.status(429, retryAfterSeconds: 1), .any),
      (.status(500), .any),
      (.status(503, retryAfterSeconds: 1), .any),
      (.status(503), .any),
      (.expired, RequestMatcher(verbs: ["list"], continuesList: true)),
      (.expired, .watches()),
      (.expiredEvent(), .watches()),
      (.expiredEvent(afterEvents: 3), .watches()),
      (.garbage, .any),
      (.goAway, .any),
    ]
    for limit in [20, 500, 20_000, 200_000] {
      faults.append((.drop(afterBytes: bytes(upTo: limit)), .any))
      faults.append((.truncate(afterBytes: bytes(upTo: limit)), .any))
    }
    var connectionFaults: [ConnectionFault] = [.resetOnAccept, .resetInHandshake]
    if withSilence {
      faults.append((.stall(afterBytes: bytes(upTo: 2_000)), .any))
      connectionFaults.append(.stallInHandshake)
    }
    return FaultPlan(
      seed: seed,
      rules: faults.map { FaultRule($0.0, on: $0.1, probability: probability) },
      connectionRules: connectionFaults.map {
        ConnectionFaultRule($0, probability: probability)
      }
    )
  }
}
