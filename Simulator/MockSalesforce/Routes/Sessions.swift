/// Access and refresh tokens.
struct Sessions: Sendable, Codable {
    struct Session: Sendable, Codable {
        /// The place among the settings' credentials.
        var credential: Int
        var expiresAt: Int64?
        var isEnded = false

        func isAlive(at now: Int64) -> Bool {
            !self.isEnded && now < self.expiresAt ?? .max
        }
    }

    enum RefreshState: Sendable, Codable {
        case current
        case used
        case revoked
    }

    struct RefreshToken: Sendable, Codable {
        var credential: Int
        var state: RefreshState
    }

    private var sessions: [String: Session] = [:]
    private var codes: [String: AuthorizationCode] = [:]
    private var refreshTokens: [String: RefreshToken] = [:]
    private var state: UInt64

    init(credentials: [MockSalesforceCredential], seed: UInt64) {
        self.state = seed
        for (place, credential) in credentials.enumerated() {
            self.refreshTokens[credential.refreshToken] = RefreshToken(
                credential: place,
                state: .current
            )
        }
    }

    /// Every token, sorted.
    var tokens: [String] { (Array(self.sessions.keys) + self.refreshTokens.keys).sorted() }

    func session(_ token: String) -> Session? {
        self.sessions[token]
    }

    mutating func expire(_ token: String) {
        self.sessions[token]?.isEnded = true
    }

    /// Forgets sessions that cannot be used any more; their tokens are as unknown as any other.
    mutating func forgetEnded(at now: Int64) {
        self.sessions = self.sessions.filter { $0.value.isAlive(at: now) }
    }

    mutating func expireAll() {
        for token in self.sessions.keys { self.sessions[token]?.isEnded = true }
    }

    /// A new access token: the 15-character org id, `!` and text that nobody can guess.
    mutating func open(_ credential: Int, organizationID: String, expiresAt: Int64?) -> String {
        let token = organizationID.prefix(15) + "!AQ" + self.secret(86)
        self.sessions[String(token)] = Session(credential: credential, expiresAt: expiresAt)
        return String(token)
    }

    func refresh(_ token: String) -> RefreshToken? {
        self.refreshTokens[token]
    }

    /// Replaces a refresh token by a new one; the old one must not be seen again.
    mutating func rotate(_ token: String) -> String? {
        guard let known = self.refreshTokens[token] else { return nil }
        self.refreshTokens[token] = RefreshToken(credential: known.credential, state: .used)
        return self.addRefresh(known.credential)
    }

    /// A new refresh token beside those that the credential has.
    mutating func addRefresh(_ credential: Int) -> String {
        let token = "5Aep861" + self.secret(80)
        self.refreshTokens[token] = RefreshToken(credential: credential, state: .current)
        return token
    }

    func hasRefresh(_ credential: Int) -> Bool {
        self.refreshTokens.values.contains { known in
            guard known.credential == credential, case .current = known.state else { return false }
            return true
        }
    }

    /// Keeps a code until it is redeemed or too old.
    mutating func add(_ code: AuthorizationCode, at now: Int64) -> String {
        self.codes = self.codes.filter { now < $0.value.expiresAt }
        let text = "aPrx" + self.secret(60)
        self.codes[text] = code
        return text
    }

    /// Takes a code: the second time there is none.
    mutating func take(_ code: String) -> AuthorizationCode? {
        self.codes.removeValue(forKey: code)
    }

    /// Ends every token of a credential: what the replay of a rotated token does.
    mutating func revokeAll(_ credential: Int) {
        for token in self.sessions.keys where self.sessions[token]?.credential == credential {
            self.sessions[token]?.isEnded = true
        }
        for (token, known) in self.refreshTokens where known.credential == credential {
            self.refreshTokens[token] = RefreshToken(credential: credential, state: .revoked)
        }
    }

    /// Ends one token, or a refresh token with all its sessions; `false` for an unknown one.
    mutating func revoke(_ token: String) -> Bool {
        if self.sessions[token] != nil {
            self.expire(token)
            return true
        }
        guard let known = self.refreshTokens[token] else { return false }
        self.revokeAll(known.credential)
        return true
    }

    mutating func secret(_ count: Int) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes.append(digits[Int(self.next() % 62)]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
