import Foundation
package import SyncCore

/// The host at which a Salesforce user signs in, from what people write for it.
package struct LoginHost: Sendable, Hashable {
    /// `https://`, host and, where it is written, port.
    package var url: String

    init(url: String) {
        self.url = url
    }

    package static let production = "https://login.salesforce.com"
    package static let sandbox = "https://test.salesforce.com"

    /// Reads `production`, `sandbox`, a host, or any address of the org, such as one from the browser's address bar.
    ///
    /// Salesforce Help, domain_name_url_formats: an org's log-in host is `….my.salesforce.com`, its pages are on
    /// `….lightning.force.com` and `….my.salesforce-setup.com`; Government Cloud and DoD have the same in
    /// `….my.salesforce.mil`, `….lightning.crmforce.mil` and `….my.salesforce-setup.mil`.
    ///
    /// - Throws: why it is no place to sign in at.
    package init(_ text: String) throws(SyncError) {
        let word = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        switch word {
        case "production", "login", "login.salesforce.com": self.url = Self.production
        case "sandbox", "test", "test.salesforce.com": self.url = Self.sandbox
        default:
            let address = word.contains("://") ? word : "https://" + word
            guard let parts = URLComponents(string: address), let host = parts.host,
                host.contains("."), parts.user == nil
            else { throw Self.unusable(text) }
            let isHere = ["127.0.0.1", "::1"].contains(host)
            guard parts.scheme == "https" || (isHere && parts.scheme == "http") else {
                throw Self.unusable(text)
            }
            let port = parts.port.map { ":\($0)" } ?? ""
            self.url = "\(parts.scheme ?? "https")://\(try Self.login(host))\(port)"
        }
    }

    /// Where an administrator finds the org's apps.
    package var appsURL: String {
        self.url + "/lightning/setup/ManageExternalClientApplication/home"
    }

    /// Whether it is one org's own address.
    package var isOrg: Bool { ![Self.production, Self.sandbox].contains(self.url) }

    private static func login(_ host: String) throws(SyncError) -> String {
        for (page, login) in Self.pages where host.hasSuffix(page) {
            return host.dropLast(page.count) + login
        }
        // Pages for visitors take no users of the API.
        guard ![".my.site.com", ".force.com", ".visualforce.com"].contains(where: host.hasSuffix)
        else { throw Self.unusable(host) }
        return host
    }

    private static let pages = [
        (".lightning.force.com", ".my.salesforce.com"),
        (".my.salesforce-setup.com", ".my.salesforce.com"),
        (".lightning.crmforce.mil", ".my.salesforce.mil"),
        (".my.salesforce-setup.mil", ".my.salesforce.mil"),
    ]

    private static func unusable(_ text: String) -> SyncError {
        SyncError(
            code: .usage,
            side: .salesforce,
            cause: "\(text) is no host at which Salesforce signs users in.",
            nextStep:
                "Write production, sandbox, or the org's own address, as in https://acme.my.salesforce.com (Setup, My Domain)."
        )
    }
}
