import Foundation
package import SyncCore

/// Where a secret is found: the file holds the reference, never the secret.
package enum SecretReference: Sendable, Hashable {
    case environment(String)
    case file(String)
    case missing

    /// Reads `env:NAME` or `file:PATH`; `nil` for anything else, such as the secret itself.
    package init?(_ text: String) {
        if text.hasPrefix("env:"), text.count > 4 {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("file:"), text.count > 5 {
            self = .file(String(text.dropFirst(5)))
        } else {
            return nil
        }
    }

    /// The secret itself, without surrounding white space.
    ///
    /// `folder`: the configuration's folder, for relative files.
    package func resolve(
        _ name: String,
        environment: [String: String],
        folder: String
    ) throws(SyncError) -> String {
        switch self {
        case .environment(let variable):
            let value = environment[variable]?.trimmingCharacters(in: .whitespacesAndNewlines)
            guard let value, !value.isEmpty else {
                throw Self.problem(
                    "\(name) is read from the environment variable \(variable), which is not set.",
                    "Set it: export \(variable)=…"
                )
            }
            return value
        case .file(let path):
            let full = path.hasPrefix("/") ? path : folder + "/" + path
            guard let data = FileManager.default.contents(atPath: full) else {
                throw Self.problem(
                    "\(name) is read from the file \(path), which cannot be read.",
                    "Create it, readable for the user that runs duet."
                )
            }
            let text = String(decoding: data, as: UTF8.self)
            let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !value.isEmpty else {
                throw Self.problem("\(name): the file \(path) is empty.", "Put the secret into it.")
            }
            return value
        case .missing:
            throw Self.problem("\(name) is missing.", "Add it to the configuration.")
        }
    }

    private static func problem(_ cause: String, _ next: String) -> SyncError {
        SyncError(code: .configuration, cause: cause, nextStep: next)
    }
}
