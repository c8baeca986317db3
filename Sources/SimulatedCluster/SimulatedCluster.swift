import Foundation
import Logging

/// An API server on loopback with a small world behind it, that kubectl and KPatrol cannot tell from a cluster.
package final class SimulatedCluster: Sendable {
  /// Where it listens, as `https://127.0.0.1:6443`.
  package let url: String
  package let certificateAuthorityPEM: String
  package let token: String

  let registry: Registry
  let server: APIServer
  let service: HTTPService
  private let director: Director?
  private let pacer: ChurnPacer?

  private static let worldAge: TimeInterval = 3 * 24 * 3600

  private init(
    registry: Registry,
    server: APIServer,
    service: HTTPService,
    director: Director?,
    pacer: ChurnPacer?,
    url: String,
    certificateAuthorityPEM: String,
    token: String
  ) {
    self.registry = registry
    self.server = server
    self.service = service
    self.director = director
    self.pacer = pacer
    self.url = url
    self.certificateAuthorityPEM = certificateAuthorityPEM
    self.token = token
  }

  /// Builds the scenario's world, listens, and lets its time run.
  package static func start(
    _ options: SimulationOptions = SimulationOptions()
  ) async throws -> SimulatedCluster {
    let certificates = try Certificates()
    let token = options.token ?? Identities(seed: .random(in: .min ... .max)).suffix(32)
    let store = Store(historyLimit: options.historyLimit)
    let identities = Identities(seed: options.seed)
    let registry = Registry(
      store: store,
      clock: SimulatedClock(now: options.now),
      identities: identities
    )
    let outages = Outages()
    let server = APIServer(
      registry,
      token: token,
      bookmarks: BookmarkTiming(interval: options.bookmarkInterval),
      servesAggregatedDiscovery: options.servesAggregatedDiscovery,
      kubelets: Kubelets(outages: outages),
      logLimit: options.requestLogLimit
    )
    let scenario = Scenarios.scenario(options.scenario)
    // The world is a few days old when the story begins.
    let past = SimulatedClock.steps(from: options.now().addingTimeInterval(-Self.worldAge))
    let world = World(Registry(store: store, clock: past, identities: identities))
    var pacer: ChurnPacer?
    if options.scenario == .bulk {
      let churn = try options.bulk.build(world, seed: options.seed)
      if options.churn > 0 { pacer = ChurnPacer(churn, rate: options.churn, registry) }
    } else {
      try scenario.build(world, options.shops)
      NetBoxRecords.record(world, in: server.netBox)
    }
    let service = HTTPService(
      server,
      certificates: certificates,
      address: options.loopback.rawValue,
      port: options.port,
      logger: options.logger
    )
    try await service.start()
    let director =
      options.runsControllers && scenario.hasControllers
      ? Director(
        registry,
        scenario: scenario,
        pace: options.pace,
        netBox: server.netBox,
        outages: outages
      ) : nil
    await director?.start()
    await pacer?.start()
    return SimulatedCluster(
      registry: registry,
      server: server,
      service: service,
      director: director,
      pacer: pacer,
      url: "https://\(options.loopback.host):\(await service.port)",
      certificateAuthorityPEM: certificates.authorityPEM,
      token: token
    )
  }

  /// The root of a NetBox that knows the cluster's machines and addresses, as far as faults let it; it
  /// takes the administrator's token, as `Token`, and calls the cluster ``netBoxClusterName``.
  package var netBoxURL: String { "\(url)/netbox" }
  package static let netBoxClusterName = SimulatedNetBox.clusterName

  /// Stops time and closes every connection.
  package func stop() async {
    await director?.stop()
    await pacer?.stop()
    await service.stop()
  }

  /// A kubeconfig with this cluster as its only and current context, of the administrator or of another token's user.
  package func kubeconfig(contextName: String, token: String? = nil) -> String {
    kubeconfig(contextName: contextName, user: "token: \"\(token ?? self.token)\"")
  }

  /// A kubeconfig whose user is what stands there.
  func kubeconfig(contextName: String, user: String) -> String {
    let authority = Data(certificateAuthorityPEM.utf8).base64EncodedString()
    return """
      apiVersion: v1
      kind: Config
      clusters:
      - name: "\(contextName)"
        cluster:
          server: \(url)
          certificate-authority-data: \(authority)
      users:
      - name: "\(contextName)"
        user:
          \(user)
      contexts:
      - name: "\(contextName)"
        context:
          cluster: "\(contextName)"
          user: "\(contextName)"
      current-context: "\(contextName)"

      """
  }
}
