import Foundation
import Signatures
package import SyncCore

/// The key that what `duet connect` stores is sealed with: 32 bytes, kept away from what they seal.
package struct SecretKey: Sendable {
    package let bytes: [UInt8]
    /// Where it was found, for messages.
    package let origin: String

    /// Looks in the environment (`DUET_KEY`, `DUET_KEY_FILE`), among the credentials that systemd passes
    /// (`LoadCredential=duet-key:…`, systemd.exec), and in the user's configuration folder.
    ///
    /// - Throws: what names the place of a key that is none.
    package static func find(_ environment: [String: String]) throws(SyncError) -> SecretKey? {
        if let text = environment["DUET_KEY"], !text.isEmpty {
            return try Self(text, "DUET_KEY")
        }
        if let path = environment["DUET_KEY_FILE"], !path.isEmpty {
            guard let text = PrivateFile.read(path) else {
                throw SyncError(
                    code: .configuration,
                    cause: "The key file \(path), which DUET_KEY_FILE names, cannot be read.",
                    nextStep: "Make it readable for the user that runs duet, or name another one."
                )
            }
            return try Self(text, path)
        }
        if let folder = environment["CREDENTIALS_DIRECTORY"],
            let text = PrivateFile.read(folder + "/duet-key")
        {
            return try Self(text, folder + "/duet-key")
        }
        let path = try Self.usualPath(environment)
        return try PrivateFile.read(path).map { text throws(SyncError) in try Self(text, path) }
    }

    /// The key, made and kept in the user's configuration folder where there is none.
    package static func findOrMake(
        _ environment: [String: String],
        _ random: inout some RandomSource
    ) throws(SyncError) -> SecretKey {
        if let key = try Self.find(environment) { return key }
        let path = try Self.usualPath(environment)
        let text = Base64.encode(Self.randomBytes(AES256GCM.keyLength, &random))
        try PrivateFile.write(text + "\n", to: path)
        return try Self(text, path)
    }

    static func randomBytes(_ count: Int, _ random: inout some RandomSource) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            withUnsafeBytes(of: random.next()) { bytes += $0 }
        }
        return Array(bytes.prefix(count))
    }

    private init(_ text: String, _ origin: String) throws(SyncError) {
        guard let bytes = Base64.decode(text.utf8), bytes.count == AES256GCM.keyLength else {
            throw SyncError(
                code: .configuration,
                cause: "\(origin) holds no key: 32 bytes in Base64, 44 characters.",
                nextStep: "Make one with `openssl rand -base64 32`."
            )
        }
        self.bytes = bytes
        self.origin = origin
    }

    private static func usualPath(_ environment: [String: String]) throws(SyncError) -> String {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            return folder + "/duet/key"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw SyncError(
                code: .configuration,
                cause: "There is no home folder to keep the key of Duet's credentials in.",
                nextStep:
                    "Make one with `openssl rand -base64 32`, and put it into DUET_KEY or name its file in DUET_KEY_FILE."
            )
        }
        return home + "/.config/duet/key"
    }
}

extension SecretKey: CustomStringConvertible {
    package var description: String { "SecretKey(\(self.origin))" }
}
