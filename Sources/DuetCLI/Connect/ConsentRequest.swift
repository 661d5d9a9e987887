package import SyncCore

/// What a person is to agree to in a browser.
package struct ConsentRequest: Sendable, Hashable {
    package var side: Side
    /// Where it is agreed to.
    package var address: String
    /// Comes back unchanged with the code.
    package var state: String
    /// The port of this machine that the browser is led back to.
    package var port: Int

    package init(side: Side, address: String, state: String, port: Int) {
        self.side = side
        self.address = address
        self.state = state
        self.port = port
    }

    /// Registered in the app, letter by letter.
    ///
    /// Both CRMs take plain HTTP for `localhost` alone.
    package static func callback(port: Int) -> String {
        "http://localhost:\(port)\(Self.path)"
    }

    static let path = "/oauth-callback"
    /// The port that the apps of `packaging/` name.
    package static let usualPort = 8414
}
