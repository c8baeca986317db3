import AgentClient
import ArgumentParser
import Foundation
import HTTP
import KubernetesClient
import Monitoring
import UserConfiguration

/// The agents that the terminal is opened on.
struct AgentOptions: ParsableArguments {
  /// Where a token may stand that is for agents without one of their own.
  static let tokenVariable = "KPATROL_AGENT_TOKEN"

  @Option(
    help: ArgumentHelp(
      "Show what this agent finds, instead of reading its clusters; may be given several times, and with "
        + "--context.",
      valueName: "url"
    )
  )
  var agent: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with the token for agents of which the configuration names none, instead of "
        + "\(AgentOptions.tokenVariable).",
      valueName: "path"
    )
  )
  var agentTokenFile: String?

  func validate() throws {
    for text in agent {
      do throws(AgentURL.Mistake) {
        _ = try AgentURL(text)
      } catch {
        throw ValidationError("--agent \(text) \(error.description).")
      }
    }
    guard agentTokenFile == nil || !agent.isEmpty else {
      throw ValidationError("--agent-token-file goes with --agent.")
    }
  }

  /// How the agents are asked: those that were named, else those of the configuration, where nothing else was
  /// named.
  func settings(
    _ configured: [AgentSettings],
    environment: [String: String],
    namesOthers: Bool
  ) throws -> [AgentSettings] {
    guard !agent.isEmpty else { return namesOthers ? [] : configured }
    var all: [AgentSettings] = []
    for text in agent {
      let url = try AgentURL(text)
      guard !all.contains(where: { $0.url == url }) else { continue }
      var settings = configured.first { $0.url == url } ?? AgentSettings(url: url)
      settings.token =
        agentTokenFile.map { .file($0) } ?? settings.token
        ?? environment[Self.tokenVariable].map { .text($0) }
      all.append(settings)
    }
    return all
  }
}

extension AgentSources {
  /// Agents, and how their clusters are reached by the contexts of a kubeconfig; `nil` where there is none.
  init(
    _ agents: [AgentSettings],
    on eventLoop: EventLoop,
    environment: [String: String],
    _ kubeconfig: Kubeconfig?,
    client: @escaping @Sendable (ClusterConnection) -> KubernetesClient
  ) {
    let followers = agents.map {
      AgentFollower(
        $0,
        eventLoop: eventLoop,
        userAgent: Version.userAgent,
        environment: environment
      )
    }
    self.init(followers) { cluster, settings in
      guard let kubeconfig,
        let context = kubeconfig.context(leadingTo: cluster, settings)
      else { return .unknown(cluster.name, known: kubeconfig?.contextNames ?? []) }
      do throws(KubeconfigError) {
        return OwnWay(client(try kubeconfig.connection(to: context)), context: context)
      } catch {
        return OwnWay(
          UnusableContext(name: cluster.name, error: error),
          context: context,
          impossible: error.description
        )
      }
    }
  }
}

extension Kubeconfig {
  /// The context that leads to a cluster of which an agent tells: the one that the configuration names, else the
  /// one of the same name, else one whose server the agent has, too.
  fileprivate func context(
    leadingTo cluster: AttachedCluster,
    _ settings: AgentSettings
  ) -> String? {
    if let configured = settings.contexts[cluster.name] { return configured }
    if contextNames.contains(cluster.name) { return cluster.name }
    guard !cluster.server.isEmpty else { return nil }
    return contextNames.first { (try? connection(to: $0))?.server == cluster.server }
  }
}
