import Crypto
import Foundation
import SwiftASN1
import X509

/// The certificate authority of one simulated cluster and the server certificate that it signed.
struct Certificates: Sendable {
  let authorityPEM: String
  let serverPEM: String
  let serverKeyPEM: String

  private static let validity: TimeInterval = 10 * 24 * 3600

  /// Makes new keys and certificates for localhost and its addresses.
  init(now: Date = Date()) throws {
    let start = now.addingTimeInterval(-3600)
    let end = now.addingTimeInterval(Self.validity)
    let authorityKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let authorityName = try DistinguishedName { CommonName("kpatrol simulated cluster") }
    let authority = try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: authorityKey.publicKey,
      notValidBefore: start,
      notValidAfter: end,
      issuer: authorityName,
      subject: authorityName,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
        SubjectKeyIdentifier(hash: authorityKey.publicKey)
      },
      issuerPrivateKey: authorityKey
    )
    let serverKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let server = try Certificate(
      version: .v3,
      serialNumber: Certificate.SerialNumber(),
      publicKey: serverKey.publicKey,
      notValidBefore: start,
      notValidAfter: end,
      issuer: authorityName,
      subject: try DistinguishedName { CommonName("127.0.0.1") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames([
          .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
          .ipAddress(ASN1OctetString(contentBytes: Array(repeating: 0, count: 15) + [1])),
        ])
        // Python's strict verification wants to know by which key a certificate was signed.
        AuthorityKeyIdentifier(
          keyIdentifier: SubjectKeyIdentifier(hash: authorityKey.publicKey).keyIdentifier
        )
      },
      issuerPrivateKey: authorityKey
    )
    authorityPEM = try authority.serializeAsPEM().pemString
    serverPEM = try server.serializeAsPEM().pemString
    serverKeyPEM = try serverKey.serializeAsPEM().pemString
  }
}
