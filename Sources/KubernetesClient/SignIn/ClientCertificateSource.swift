import HTTP

/// Where a client certificate and its key come from.
package struct ClientCertificateSource: Sendable {
  private let certificate: FileOrData
  private let key: FileOrData

  init(certificate: FileOrData, key: FileOrData) {
    self.certificate = certificate
    self.key = key
  }

  /// Reads both for the first time.
  func contents() throws(KubeconfigError) -> ClientCertificate {
    ClientCertificate(certificate: try certificate.contents(), key: try key.contents())
  }

  /// Reads what has changed since the last time.
  func contents(_ files: ChangingFiles) throws(SignInError) -> ClientCertificate {
    ClientCertificate(
      certificate: try certificate.contents(files),
      key: try key.contents(files)
    )
  }
}

extension FileOrData {
  fileprivate func contents(_ files: ChangingFiles) throws(SignInError) -> [UInt8] {
    switch self {
    case .data(let bytes): bytes
    case .file(let path, _): try files.contents(at: path)
    }
  }
}
