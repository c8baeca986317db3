import KubernetesClient
import TestServers
import Testing

@Suite(.fewAtOnce) struct ReflectorStateTests {
  private var state = ReflectorState(mode: .pages(of: 500))

  private mutating func step(
    _ outcome: ReflectorState.Outcome,
    jitter: Double = 0
  ) -> ReflectorState.Step {
    state.step(after: outcome, jitter: jitter)
  }

  private mutating func watchFromFive() {
    _ = step(.page(resourceVersion: "5", continueToken: nil))
  }

  @Test mutating func itListsPageByPageAndThenWatches() {
    #expect(state.next == .list(continueToken: nil, limit: 500))
    #expect(
      step(.page(resourceVersion: "5", continueToken: "t"))
        == .list(continueToken: "t", limit: 500)
    )
    #expect(step(.page(resourceVersion: "5", continueToken: nil)) == .watch(from: .version("5")))
  }

  @Test mutating func aWatchResumesFromTheLastVersion() {
    watchFromFive()
    #expect(step(.progressed(resourceVersion: "9")) == .watch(from: .version("9")))
    #expect(step(.watchEnded(atOnce: false)) == .watch(from: .version("9")))
    guard case .wait = step(.failed(.unreachable(server: "s", reason: "r"))) else {
      Issue.record("It did not wait.")
      return
    }
    #expect(state.next == .watch(from: .version("9")))
  }

  @Test mutating func aWatchThatWasSilentOrStoodForLongIsResumedAtOnceHoweverOften() {
    watchFromFive()
    let lost = KubernetesError.unreachable(server: "s", reason: "r")
    for _ in 0..<10 {
      #expect(step(.wentSilent) == .watch(from: .version("5")))
      #expect(step(.watchBroke(lost)) == .watch(from: .version("5")))
    }
    // What the server then says counts as ever.
    guard case .wait(.seconds(1), .waiting) = step(.failed(lost)) else {
      Issue.record("It did not wait.")
      return
    }
    #expect(step(.watchBroke(.expired(message: "m"))) == .list(continueToken: nil, limit: 500))
  }

  @Test mutating func anExpiredVersionIsListedAnewAtOnceAndThenWithPatience() {
    watchFromFive()
    #expect(step(.failed(.expired(message: "m"))) == .list(continueToken: nil, limit: 500))
    guard case .wait(.seconds(1), .waiting) = step(.failed(.expired(message: "m"))) else {
      Issue.record("It did not wait.")
      return
    }
  }

  @Test mutating func listsThatSucceedDoNotExcuseWatchesThatNeverDo() {
    var waits: [Duration] = []
    for _ in 0..<5 {
      watchFromFive()
      guard case .wait(let wait, _) = step(.failed(.expired(message: "m"))) else { continue }
      waits.append(wait)
    }
    #expect(waits == [1, 2, 4, 8].map { .seconds($0) })
    _ = step(.progressed(resourceVersion: "6"))
    #expect(step(.failed(.expired(message: "m"))) == .list(continueToken: nil, limit: 500))
  }

  @Test mutating func aListThatIsTooSlowForItsPagesIsAskedForWhole() {
    for _ in 0..<2 {
      _ = step(.page(resourceVersion: "5", continueToken: "t"))
      _ = step(.failed(.expired(message: "m")))
    }
    #expect(state.next == .list(continueToken: nil, limit: 0))
  }

  @Test mutating func aPageIsAskedForAgainAfterABreak() {
    _ = step(.page(resourceVersion: "5", continueToken: "t"))
    _ = step(.failed(.unreachable(server: "s", reason: "r")))
    #expect(state.next == .list(continueToken: "t", limit: 500))
  }

  @Test mutating func waitsDoubleUpToHalfAMinuteAndStartAnewAfterSuccess() {
    let failure = ReflectorState.Outcome.failed(.unreachable(server: "s", reason: "r"))
    var waits: [Duration] = []
    for _ in 0..<8 {
      if case .wait(let wait, _) = step(failure) { waits.append(wait) }
    }
    #expect(waits.map(\.components.seconds) == [1, 2, 4, 8, 16, 30, 30, 30])
    watchFromFive()
    guard case .wait(.seconds(1), _) = step(failure) else {
      Issue.record("It did not start anew.")
      return
    }
  }

  @Test mutating func chanceShortensAWaitByHalfAtMost() {
    let failure = ReflectorState.Outcome.failed(.unreachable(server: "s", reason: "r"))
    guard case .wait(.seconds(0.5), _) = step(failure, jitter: 1) else {
      Issue.record("The wait is not half.")
      return
    }
  }

  @Test mutating func theServerSaysHowLongToWait() {
    let error = KubernetesError.throttled(retryAfter: .seconds(7), message: "busy")
    guard case .wait(.seconds(7), .waiting) = step(.failed(error)) else {
      Issue.record("Retry-After was not obeyed.")
      return
    }
    guard case .wait(.seconds(10.5), .waiting) = step(.failed(error), jitter: 1) else {
      Issue.record("All who were told to wait come back together.")
      return
    }
    let hasty = KubernetesError.throttled(retryAfter: .zero, message: "busy")
    guard case .wait(.seconds(1), _) = step(.failed(hasty)) else {
      Issue.record("It did not wait at all.")
      return
    }
  }

  @Test mutating func refusalsAreStatesOfTheirOwn() {
    guard case .wait(.seconds(300), .forbidden("m")) = step(.failed(.forbidden(message: "m")))
    else {
      Issue.record("Not forbidden.")
      return
    }
    guard case .wait(_, .signedOut) = step(.failed(.unauthorized(server: "s"))) else {
      Issue.record("Not signed out.")
      return
    }
    guard case .wait(_, .unsupported("m")) = step(.failed(.notFound(message: "m"))) else {
      Issue.record("Not unsupported.")
      return
    }
  }

  @Test mutating func anEventThatCannotBeReadTwiceIsListedAnew() {
    watchFromFive()
    _ = step(.unreadableEvent("x"))
    #expect(state.next == .watch(from: .version("5")))
    _ = step(.unreadableEvent("x"))
    #expect(state.next == .list(continueToken: nil, limit: 500))
  }

  @Test mutating func oneUnreadableEventNowAndThenIsNoReasonToList() {
    watchFromFive()
    for version in 6...20 {
      _ = step(.unreadableEvent("x"))
      _ = step(.progressed(resourceVersion: "\(version)"))
    }
    #expect(state.next == .watch(from: .version("20")))
  }

  @Test mutating func aServerThatEndsWatchesAtOnceIsGivenTime() {
    watchFromFive()
    guard case .wait(.seconds(1), .waiting) = step(.watchEnded(atOnce: true)) else {
      Issue.record("It did not wait.")
      return
    }
  }

  @Test mutating func aBrokenContinueTokenIsForgotten() {
    _ = step(.page(resourceVersion: "5", continueToken: "t"))
    _ = step(.failed(.invalid(message: "continue key is not valid")))
    #expect(state.next == .list(continueToken: nil, limit: 500))
  }

  @Test mutating func aWholeListThatBreaksOffTwiceIsAskedForInPages() {
    state = ReflectorState(mode: .whole)
    let broken = ReflectorState.Outcome.listBroke(.unreachable(server: "s", reason: "r"))
    _ = step(broken)
    #expect(state.next == .list(continueToken: nil, limit: 0))
    _ = step(broken)
    #expect(state.next == .list(continueToken: nil, limit: 500))
  }

  @Test(
    "A whole list that is refused for its size perhaps is asked for in pages",
    arguments: [413, 500, 504]
  )
  mutating func tooLarge(status: Int) {
    state = ReflectorState(mode: .whole)
    let refused = ReflectorState.Outcome.failed(.server(status: status, message: "m"))
    _ = step(refused)
    #expect(state.next == .list(continueToken: nil, limit: 0))
    _ = step(refused)
    #expect(state.next == .list(continueToken: nil, limit: 500))
  }

  @Test mutating func aWatchThatIsRefusedIsNoReasonForPages() {
    state = ReflectorState(mode: .whole)
    watchFromFive()
    for _ in 0..<3 { _ = step(.failed(.server(status: 500, message: "m"))) }
    _ = step(.failed(.expired(message: "m")))
    #expect(state.next == .list(continueToken: nil, limit: 0))
  }

  @Test mutating func aServerThatIsDownIsNoReasonForPages() {
    state = ReflectorState(mode: .whole)
    for _ in 0..<5 { _ = step(.failed(.unreachable(server: "s", reason: "r"))) }
    #expect(state.next == .list(continueToken: nil, limit: 0))
  }

  @Test mutating func aStreamingListThatIsRefusedIsAskedForWhole() {
    state = ReflectorState(mode: .initialEvents)
    #expect(state.next == .watch(from: .initialEvents))
    #expect(step(.failed(.invalid(message: "m"))) == .list(continueToken: nil, limit: 0))
  }

  @Test mutating func aStreamingListThatBreaksBeginsAnewAndThenResumes() {
    state = ReflectorState(mode: .initialEvents)
    _ = step(.failed(.unreachable(server: "s", reason: "r")))
    #expect(state.next == .watch(from: .initialEvents))
    _ = step(.progressed(resourceVersion: "7"))
    _ = step(.failed(.unreachable(server: "s", reason: "r")))
    #expect(state.next == .watch(from: .version("7")))
  }
}
