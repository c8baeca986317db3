import HTTP
import RemoteChecks
import UserConfiguration

extension RemoteCheckRunner {
  /// What asks the services that a configuration names.
  static func runners(
    _ configuration: ConfigurationFile,
    on eventLoop: EventLoop,
    environment: [String: String]
  ) throws -> [RemoteCheckRunner] {
    try ConfigurationOptions.remoteChecks(of: configuration).map { check in
      RemoteCheckRunner(
        check,
        eventLoop: eventLoop,
        userAgent: Version.userAgent,
        environment: environment
      )
    }
  }
}
