package import HTTP
import YAMLReading

extension TLSSettings {
  /// Trusts the authorities whose certificates a file holds; those of the system where none is named.
  package init(trusting path: String?) throws(ServiceAccessError) {
    self.init()
    guard let path else { return }
    let text: String?
    do throws(FileText.Problem) {
      text = try FileText.text(of: path, megabytes: 4)
    } catch {
      throw .unreadableFile(path: path, reason: error.reason)
    }
    guard let text else { throw .unreadableFile(path: path, reason: "there is no such file") }
    certificateAuthority = Array(text.utf8)
  }
}
