import Foundation

/// A folder of its own for a store on disk.
struct BenchmarkFolder {
    let url: URL

    /// Makes the folder.
    ///
    /// - Parameter name: tells folders that are there at once apart.
    /// - Throws: what the file system says.
    init(_ name: String = "work") throws {
        let process = ProcessInfo.processInfo.processIdentifier
        self.url = FileManager.default.temporaryDirectory
            .appending(path: "duet-benchmark-\(process)-\(name)")
        try FileManager.default.createDirectory(at: self.url, withIntermediateDirectories: true)
    }

    func file(_ name: String) -> URL { self.url.appending(path: name) }

    var store: String {
        self.url.appending(path: "store.sqlite").path(percentEncoded: false)
    }

    func remove() {
        try? FileManager.default.removeItem(at: self.url)
    }
}
