import ArgumentParser
import Dispatch
import Foundation
import SimulatedCluster

/// Runs a simulated cluster in the foreground.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sim",
    abstract: "Runs a simulated cluster on 127.0.0.1, for kubectl, for KPatrol, for practice."
  )

  @Option(help: "The port to listen on; 0 takes any that is free.")
  var port = 0

  @Option(
    help:
      "What happens there: \(ScenarioID.names); night-shift unless --nodes or the like is given."
  )
  var scenario: ScenarioID?

  @Option(
    name: .customLong("fault"),
    help: ArgumentHelp(
      "Let something go wrong: status=503,verb=list,resource=pods,times=3,chance=0.2; may be repeated.",
      discussion: "Faults: \(FaultSpecification.names.joined(separator: ", ")).",
      valueName: "fault"
    ),
    transform: Self.fault
  )
  var faults: [FaultSpecification] = []

  @OptionGroup(title: "Signing in")
  var signIn: SimulatedSignIn

  @OptionGroup(title: "The bulk scenario")
  var load: SimulatedLoad

  @Option(help: "The seed of all names, uids and addresses.")
  var seed: UInt64 = 1

  @Option(help: "How much faster than life everything goes.")
  var pace = 1.0

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
    guard scenario == nil || scenario == .bulk || !load.isGiven || isLargeShop else {
      throw ValidationError(
        "--nodes, --kinds and --churn go with --scenario bulk alone, --pods with healthy, too."
      )
    }
    guard pace > 0, pace <= 1000 else {
      throw ValidationError("--pace must be over 0, up to 1000.")
    }
  }

  /// Whether there shall be more than one healthy shop.
  private var isLargeShop: Bool { scenario == .healthy && load.isAboutPodsAlone }

  func run() async throws {
    let cluster: SimulatedCluster
    do {
      cluster = try await SimulatedCluster.start(
        SimulationOptions(
          port: port,
          scenario: scenario ?? (load.isGiven ? .bulk : .nightShift),
          shops: isLargeShop ? SimulationOptions.shops(forPods: load.pods ?? 0) : 1,
          bulk: load.world,
          churn: load.churn ?? 0,
          seed: seed,
          pace: pace
        )
      )
    } catch let error as SimulationError {
      throw UsageFailure(error)
    }
    for fault in faults { cluster.inject(fault) }
    let path: String?
    do {
      path = try signIn.write(for: cluster)
    } catch {
      await cluster.stop()
      throw UsageFailure(error)
    }
    if let path {
      print("The simulated cluster listens on \(cluster.url). Try, in another terminal:")
      print("  kubectl --kubeconfig \(path) get pods -A")
      print("  kpatrol --kubeconfig \(path)" + (signIn.writeConfig.map { " --config \($0)" } ?? ""))
    } else {
      let kubeconfig = cluster.kubeconfig(contextName: "sim")
      print("The simulated cluster listens on \(cluster.url). Its kubeconfig:\n\n\(kubeconfig)")
    }
    print("Ctrl-C ends it.")
    fflush(nil)
    let signal = await Self.waitForSignal()
    await cluster.stop()
    throw ExitCode(endedBy: signal)
  }

  @Sendable
  private static func fault(_ text: String) throws -> FaultSpecification {
    do {
      return try FaultSpecification(parsing: text)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// Returns when somebody wants the process to end, with the signal that says so.
  private static func waitForSignal() async -> Int32 {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    for await number in signals { return number }
    return SIGTERM
  }
}

extension ScenarioID: ExpressibleByArgument {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
