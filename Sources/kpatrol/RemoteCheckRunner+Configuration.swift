import EventDelivery
import HTTP
import RemoteChecks
import UserConfiguration

extension RemoteCheckRunner {
  /// What asks the services that a configuration names, and tells a sink of the objects that are meant for it.
  static func runners(
    _ configuration: ConfigurationFile,
    _ sink: EventSink? = nil,
    on eventLoop: EventLoop,
    environment: [String: String]
  ) throws -> [RemoteCheckRunner] {
    let objects = sink.map { sink in sink.settings.objects.map { sink.remote($0) } } ?? []
    let checks =
      try ConfigurationOptions.remoteChecks(of: configuration)
      + ConfigurationOptions.remoteChecks(objects)
    return checks.map { check in
      RemoteCheckRunner(
        check,
        eventLoop: eventLoop,
        userAgent: Version.userAgent,
        environment: environment
      )
    }
  }
}
