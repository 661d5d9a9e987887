import Foundation
import Signatures
package import SyncCore

/// The folder beside the configuration in which `duet connect` keeps credentials, a sealed file for each CRM.
package struct Vault: Sendable {
    package let folder: String
    private let environment: [String: String]

    /// `base`: the configuration's folder.
    package init(base: String, environment: [String: String]) {
        self.folder = (base == "." ? "" : base + "/") + "duet.secrets"
        self.environment = environment
    }

    /// - Throws: what names the file, and the key where it is the wrong one.
    package func connected(_ side: Side) throws(SyncError) -> Connected? {
        guard let text = PrivateFile.read(self.path(side)) else { return nil }
        guard let key = try SecretKey.find(self.environment) else {
            throw SyncError(
                code: .credentials,
                side: side,
                cause: "The key that \(self.path(side)) is sealed with is not here.",
                nextStep:
                    "Name it in DUET_KEY_FILE or DUET_KEY (`duet connect` said where it put it), or \(Self.again(side))."
            )
        }
        guard text.hasPrefix(Self.mark),
            let sealed = Base64.decode(text.dropFirst(Self.mark.count).utf8),
            let bytes = AES256GCM.open(sealed, key: key.bytes, context: Self.context(side)),
            let connected = try? JSONDecoder().decode(Connected.self, from: Data(bytes))
        else {
            throw SyncError(
                code: .credentials,
                side: side,
                cause:
                    "\(self.path(side)) cannot be opened with the key of \(key.origin): it was sealed with another one, "
                    + "or was changed.",
                nextStep: "Use the key that it was sealed with, or \(Self.again(side))."
            )
        }
        return connected
    }

    /// On the disk when this returns.
    package func save(
        _ connected: Connected,
        of side: Side,
        _ random: inout some RandomSource
    ) throws(SyncError) {
        let key = try SecretKey.findOrMake(self.environment, &random)
        guard let message = try? JSONEncoder().encode(connected),
            let sealed = AES256GCM.seal(
                Array(message),
                key: key.bytes,
                nonce: SecretKey.randomBytes(AES256GCM.nonceLength, &random),
                context: Self.context(side)
            )
        else {
            throw SyncError(
                code: .internal,
                side: side,
                cause: "The credentials could not be sealed.",
                nextStep: "Check the installation of OpenSSL, then \(Self.again(side))."
            )
        }
        try PrivateFile.write(Self.mark + Base64.encode(sealed) + "\n", to: self.path(side))
    }

    /// Whether something is stored, with any key.
    package func holds(_ side: Side) -> Bool {
        FileManager.default.fileExists(atPath: self.path(side))
    }

    package func remove(_ side: Side) {
        unlink(self.path(side))
    }

    package func path(_ side: Side) -> String { self.folder + "/" + side.rawValue }

    private static func again(_ side: Side) -> String {
        "connect again: duet connect \(side.rawValue)"
    }

    private static func context(_ side: Side) -> [UInt8] {
        Array("\(Self.mark)\(side.rawValue)".utf8)
    }

    /// What a file begins with: its format.
    private static let mark = "duet-secret-1:"
}
