import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import TestServers
import Testing

@testable import Monitoring

/// Real traffic, replayed through the real client, gives exactly the faults of that world.
@Suite(.fewAtOnce) struct RecordedWorldTests {
  /// Two days after the recording, when every settle window has passed.
  private static let clock = WallClock(
    now: { Timestamp(rfc3339: "2026-11-25T10:00:00Z") ?? .init(millisecondsSince1970: 0) },
    sleep: { try await Task.sleep(for: $0) }
  )

  @Test func theRecordedClusterHasExactlyItsFaults() async throws {
    let patrol = try await patrol(try RecordedWorld())
    let monitor = patrol.monitor

    // Of the roles only the first were recorded, so that bindings seem to give roles that are absent.
    let findings = await monitor.findings().filter { $0.check != "dangling/role-binding-role" }
    #expect(
      Set(findings.map { "\($0.severity.name) \($0.check): \($0.message)" }) == [
        "critical conflict/pod-address: Address 10.244.1.20 is used by 2 Pods: "
          + "shop/cart-64fc7b9969-4rxxt, shop/cart-64fc7b9969-6kftj",
        "critical conflict/pod-node-address: "
          + "Address 192.0.2.11 of Node node-1 is also that of Pod shop/bare",
        "critical conflict/volume-handle: "
          + "Storage csi.example.com/vol-1 is that of 2 volumes: pv-1, pv-0",
        "critical dangling/api-service: APIService v1beta1.metrics.example.com is served by "
          + "Service shop/absent-metrics, which does not exist",
        "critical dangling/pod-node: "
          + "Pod shop/lost is bound to Node node-9, which does not exist",
        "critical dangling/webhook-service: ValidatingWebhookConfiguration gone asks "
          + "Service shop/absent-webhook, which does not exist",
        "critical unhealthy/api-service: "
          + "APIService v1beta1.metrics.example.com is not available (ServiceNotFound)",
        "critical unhealthy/leader: Nobody leads kube-controller-manager: "
          + "vm_3bd3a7f9-785e-4673-8bf4-7d99fae8185e no longer renews its Lease",
        "critical stuck/crash-loop: Container main of Pod shop/crashing keeps ending with "
          + "exit code 137 (OOMKilled, SIGKILL), restarted 9 times",
        "critical stuck/namespace-terminating: Namespace ghost does not finish terminating: "
          + "APIService.apiregistration.k8s.io v1beta1.metrics.example.com cannot be asked "
          + "what is there",
        "critical unhealthy/node-not-ready: Node node-3 is not ready (KubeletReady)",
        "warning dangling/csi-driver: StorageClass fast needs CSI driver csi.example.com, "
          + "which is not installed",
        "warning dangling/csi-driver: PersistentVolume pv-0 needs CSI driver csi.example.com, "
          + "which is not installed",
        "warning dangling/csi-driver: PersistentVolume pv-1 needs CSI driver csi.example.com, "
          + "which is not installed",
        "warning dangling/csi-driver: PersistentVolume pv-2 needs CSI driver csi.example.com, "
          + "which is not installed",
        "warning dangling/pod-configmap: "
          + "Deployment shop/cart reads ConfigMap shop/cart-config, which does not exist",
        "warning dangling/storage-class: PersistentVolumeClaim shop/waiting waits for a volume: "
          + "StorageClass absent does not exist",
        "warning dangling/autoscaler-target: HorizontalPodAutoscaler shop/gone scales "
          + "Deployment gone, which does not exist",
        "warning dangling/ingress-backend: Ingress shop/shop sends requests to "
          + "Service absent, which does not exist",
        "warning dangling/role-binding-subject: RoleBinding shop/stale gives Role absent to "
          + "ServiceAccount shop/absent, which does not exist",
        "warning dangling/service-selector: Service shop/nobody selects no Pod: "
          + "none has app=nobody",
        "warning dangling/volume-released: Volume pv-2 of 10Gi was released by shop/deleted",
        "warning stuck/claim: Claim shop/waiting gets no volume: "
          + "storageclass.storage.k8s.io \"absent\" not found",
        "warning stuck/disruption-budget: Budget shop/cart lets no Pod go: it wants 2 of 2 Pods",
        "warning stuck/terminating: "
          + "Pod payments/kept does not finish terminating, held by example.com/hold (set by recorder), "
          + "which a controller of example.com should remove",
        "warning stuck/terminating: Pod payments/orphan does not finish terminating, "
          + "though its containers had the time to end",
        "warning stuck/terminating: Widget.example.com shop/w1 does not finish terminating, "
          + "held by example.com/widget-controller (set by recorder), "
          + "which a controller of example.com should remove",
        "warning stuck/terminating: Widget.example.com ghost/w2 does not finish terminating, "
          + "held by example.com/widget-controller (set by recorder), "
          + "which a controller of example.com should remove",
        "warning unhealthy/pod-not-ready: "
          + "Pod shop/crashing is not ready: main (waiting: CrashLoopBackOff)",
        "info dangling/definition-unused: No Unused.example.com exists",
        "info stuck/cordoned: Node node-4 takes no new Pods",
        "info stuck/ingress: Ingress shop/shop has no address",
        "info dangling/claim-unused: Claim shop/waiting is mounted by nobody",
        "info dangling/unmanaged-pod: "
          + "Pod shop/bare has no controller that would make it again",
        "info dangling/unmanaged-pod: "
          + "Pod shop/crashing has no controller that would make it again",
        "info dangling/unmanaged-pod: "
          + "Pod shop/lost has no controller that would make it again",
        "info dangling/volume-unclaimed: Volume pv-1 of 10Gi is claimed by nobody",
      ]
    )
    #expect(findings.first?.severity == .critical)
    #expect(findings.last?.severity == .info)
    #expect(
      await Set(monitor.inspector.suspects.map(\.check)) == ["unhealthy/metrics-missing"]
    )

    let status = await monitor.status()
    #expect(status.version == "v0.0.0-master+8e16b12fda5b1dccc41a6de48b3e356cc7d5048b")
    #expect(status.notInspected.map(\.kind.name) == ["Secret"])
    await patrol.end()
  }

  /// What is wrong in the recorded world, and what exists for it alone.
  private static let faults: [String: Set<String>] = [
    "apiservices": ["v1beta1.metrics.example.com"],
    "deployments": ["cart"],
    "endpointslices": ["cart-fd9db", "nobody-mpqj7"],
    "horizontalpodautoscalers": ["gone"],
    "ingresses": ["shop"],
    // They are as old as the recording.
    "leases": ["kube-controller-manager", "kube-scheduler"],
    "namespaces": ["ghost"],
    "nodes": ["node-3"],
    "persistentvolumeclaims": ["data", "waiting"],
    "persistentvolumes": ["pv-0", "pv-1", "pv-2"],
    "poddisruptionbudgets": ["cart"],
    "pods": [
      "bare", "cart-64fc7b9969-4rxxt", "cart-64fc7b9969-6kftj", "crashing", "kept", "lost",
      "orphan",
    ],
    "replicasets": ["cart-64fc7b9969"],
    "rolebindings": ["stale"],
    "services": ["cart", "nobody"],
    "storageclasses": ["fast"],
    "validatingwebhookconfigurations": ["gone"],
    "widgets": ["w1", "w2"],
  ]

  @Test func withoutItsFaultsTheRecordedClusterGivesNoFindingThatMatters() async throws {
    let patrol = try await patrol(try RecordedWorld(without: Self.faults))
    let findings = await patrol.monitor.findings().filter {
      $0.severity < .info && $0.check != "dangling/role-binding-role"
    }
    #expect(findings.map(\.message) == [])
    // There is still enough to be wrong about.
    #expect(await patrol.monitor.status().objectCount > 100)
    await patrol.end()
  }

  /// A monitor that has seen all of a recorded world.
  private struct Patrol {
    let monitor: ClusterMonitor
    let server: ScriptedServer
    let eventLoop: EventLoop
    let task: Task<Void, Never>

    func end() async {
      task.cancel()
      await task.value
      eventLoop.shutdown()
      server.stop()
    }
  }

  private func patrol(_ world: RecordedWorld) async throws -> Patrol {
    let server = try ScriptedServer { world.answer(to: $0) }
    let connection = ClusterConnection(
      contextName: "recorded",
      server: server.url,
      credential: .token("t")
    )
    let eventLoop = EventLoop()
    let monitor = ClusterMonitor(
      source: KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test"),
      options: MonitorOptions(
        checks: Catalogue.checks,
        checkSettings: CheckSettings(profile: .default)
      ),
      clock: Self.clock
    )
    let task = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    return Patrol(monitor: monitor, server: server, eventLoop: eventLoop, task: task)
  }
}
