import KubernetesObjects
import TerminalKit
import Testing
import WireFormats

@testable import Healing
@testable import Monitoring
@testable import TerminalApp

/// Which container a shell is opened in, and what kubectl is told.
@Suite struct ContainersScreenTests {
  private static let pod = ClusterObject(
    cluster: "prod",
    key: ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
  )

  private static let manifest = """
    {"spec": {"initContainers": [{"name": "migrate", "image": "shop/migrate:1"}],
      "containers": [{"name": "proxy", "image": "mesh:2"}, {"name": "main", "image": "shop/cart:7"}]},
    "status": {
      "initContainerStatuses": [{"name": "migrate", "state": {"terminated": {"reason": "Completed"}}}],
      "containerStatuses": [
        {"name": "main", "state": {"running": {"startedAt": "2026-11-23T10:00:00Z"}}},
        {"name": "proxy", "state": {"waiting": {"reason": "CrashLoopBackOff"}}}]}}
    """

  private static func containers() throws -> [PodContainer] {
    PodContainer.containers(of: try JSONValue(parsing: Array(manifest.utf8)))
  }

  @Test func containersTellWhetherTheyRun() throws {
    let containers = try Self.containers()
    #expect(containers.map(\.name) == ["proxy", "main", "migrate"])
    #expect(
      containers.map(\.state)
        == ["waiting: CrashLoopBackOff", "running", "terminated: Completed"]
    )
  }

  @Test func theContainerIsChosen() throws {
    var driver = AppDriver()
    driver.take(.containers(try Self.containers(), of: Self.pod))
    #expect(driver.lines[1].hasPrefix("── Containers of Pod shop/cart-1 @prod ──"))
    #expect(
      driver.lines[2...5].map { $0 } == [
        "  CONTAINER  STATE                      IMAGE",
        "  proxy      waiting: CrashLoopBackOff  mesh:2",
        "> main       running                    shop/cart:7",
        "  migrate    terminated: Completed      shop/migrate:1",
      ]
    )
    #expect(driver.press("enter") == [.openShell(Self.pod, container: "main")])
    #expect(driver.press("k", "s") == [.openShell(Self.pod, container: "proxy")])
  }

  @Test func nothingIsLeftToTheContextAndNoNameIsAnOption() {
    let shell = ContainerShell(
      pod: Self.pod,
      context: "our-prod",
      container: "-c",
      kubeconfig: "/home/me/two words"
    )
    #expect(
      shell.arguments.prefix(8) == [
        "--kubeconfig=/home/me/two words", "--context=our-prod", "--namespace=shop", "exec",
        "--stdin", "--tty", "--container=-c", "pod/cart-1",
      ]
    )
    #expect(
      shell.command.hasPrefix("kubectl '--kubeconfig=/home/me/two words' '--context=our-prod' ")
    )
  }

  @Test func onlyPodsHaveShells() {
    let node = ClusterObject(cluster: "prod", key: ObjectKey(ObjectKind("Node"), name: "rack-1"))
    #expect(
      Effect.shell(in: node) == .tell("A shell opens in a container of a Pod; Node rack-1 is none.")
    )
    #expect(Effect.shell(in: Self.pod) == .openShell(Self.pod, container: nil))
  }

  @Test func whereNothingMayBeChangedTheKeyIsNotOffered() {
    var driver = AppDriver(200, 50)
    driver.take(.containers([], of: Self.pod))
    #expect(driver.lines[49].contains("enter Shell"))
    var status = Sample.status()
    status.readOnlyRule = .option
    driver.take(.statuses([status]))
    #expect(!driver.lines[49].contains("Shell"))
  }
}
