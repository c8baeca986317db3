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

  @Option(
    name: .customLong("user"),
    help: ArgumentHelp(
      "Let somebody in beside the administrator, with a kubeconfig PATH-NAME; may be repeated.",
      discussion: "As in viewer=get,list,watch:pods,deployments.apps@shop;list:nodes",
      valueName: "user"
    ),
    transform: Self.user
  )
  var users: [UserSpecification] = []

  @OptionGroup(title: "The bulk scenario")
  var load: SimulatedLoad

  @Option(help: "The seed of all names, uids and addresses.")
  var seed: UInt64 = 1

  @Option(help: "How much faster than life everything goes.")
  var pace = 1.0

  @Option(help: ArgumentHelp("Write a kubeconfig for it to this file.", valueName: "path"))
  var writeKubeconfig: String?

  @Option(
    help: ArgumentHelp(
      "Write a configuration for it to this file, with its NetBox as inventories.",
      valueName: "path"
    )
  )
  var writeConfig: String?

  func validate() throws {
    guard (0...65535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
    guard users.isEmpty || writeKubeconfig != nil else {
      throw ValidationError("--user needs --write-kubeconfig.")
    }
    guard writeConfig == nil || writeKubeconfig != nil else {
      throw ValidationError("--write-config needs --write-kubeconfig.")
    }
    guard scenario == nil || scenario == .bulk || !load.isGiven else {
      throw ValidationError("--nodes, --pods, --kinds and --churn go with --scenario bulk alone.")
    }
    guard pace > 0, pace <= 1000 else {
      throw ValidationError("--pace must be over 0, up to 1000.")
    }
  }

  func run() async throws {
    let cluster: SimulatedCluster
    do {
      cluster = try await SimulatedCluster.start(
        SimulationOptions(
          port: port,
          scenario: scenario ?? (load.isGiven ? .bulk : .nightShift),
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
    let kubeconfig = cluster.kubeconfig(contextName: "sim")
    if let path = writeKubeconfig {
      do {
        try SimulatorKubeconfig(path).write(kubeconfig)
        for user in users.map(\.user) {
          let token = cluster.issueToken(for: user, lifetime: Self.tokenLifetime)
          try SimulatorKubeconfig("\(path)-\(user.name)")
            .write(cluster.kubeconfig(contextName: "sim-\(user.name)", token: token))
        }
        if let writeConfig {
          try SimulatorConfiguration(writeConfig, kubeconfig: path)
            .write(for: cluster, context: "sim")
        }
      } catch {
        await cluster.stop()
        throw UsageFailure(error)
      }
      print("The simulated cluster listens on \(cluster.url). Try, in another terminal:")
      print("  kubectl --kubeconfig \(path) get pods -A")
      print("  kpatrol --kubeconfig \(path)" + (writeConfig.map { " --config \($0)" } ?? ""))
    } else {
      print("The simulated cluster listens on \(cluster.url). Its kubeconfig:\n\n\(kubeconfig)")
    }
    print("Ctrl-C ends it.")
    fflush(nil)
    let signal = await Self.waitForSignal()
    await cluster.stop()
    throw ExitCode(endedBy: signal)
  }

  /// Longer than anybody practises.
  private static let tokenLifetime: TimeInterval = 365 * 24 * 3600

  @Sendable
  private static func fault(_ text: String) throws -> FaultSpecification {
    do {
      return try FaultSpecification(parsing: text)
    } catch {
      throw ValidationError(error.description)
    }
  }

  @Sendable
  private static func user(_ text: String) throws -> UserSpecification {
    do {
      return try UserSpecification(parsing: text)
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
