package dev.hyperflow.topology.internal.state;

import dev.hyperflow.models.internal.NativeLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacks RocksDB's native library before RocksDB does. */
final class RocksDbLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(RocksDbLibrary.class);
  private static final String FOLDER = "ROCKSDB_SHAREDLIB_DIR";
  private static final String LOADED_AS = "rocksdbjni"; // by RocksDB.loadLibrary(List)

  private RocksDbLibrary() {}

  /** Loads it from the folder of native libraries, unless somebody has named another one. */
  static synchronized void load() {
    if (System.getenv(FOLDER) == null) {
      NativeLibraries.Library library =
          new NativeLibraries.Library(
              "/" + Environment.getJniLibraryFileName("rocksdb"),
              Environment.getJniLibraryFileName(LOADED_AS));
      Optional<Path> folder =
          NativeLibraries.unpack(
              "rocksdb",
              RocksDB.class,
              List.of(library),
              unpacked -> RocksDB.loadLibrary(List.of(unpacked.toString())));
      LOG.atDebug().addKeyValue("folder", folder).log("RocksDB is loaded");
    }
  }
}
