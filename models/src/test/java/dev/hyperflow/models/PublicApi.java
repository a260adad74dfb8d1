package dev.hyperflow.models;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists what a module promises to its users: every public or protected member of every public type
 * outside packages named {@code internal}. Test classes are left out.
 */
public final class PublicApi {
  private static final Pattern PACKAGES_OF_EVERY_DAY =
      Pattern.compile("\\bjava\\.(?:lang|util|util\\.function)\\.(?=[A-Z])");

  /** Members that follow from what a type is. */
  private static final Set<String> IMPLIED_BY_RECORD = Set.of("equals", "hashCode", "toString");

  private static final Set<String> IMPLIED_BY_ENUM = Set.of("values", "valueOf");

  private PublicApi() {}

  /**
   * Compares the listing with {@code src/test/resources/golden/public-api.txt}.
   *
   * @param packagePrefix a package; those below it belong to it
   * @throws AssertionError if the listings differ, or a signature mentions an internal type
   */
  public static void assertGolden(String packagePrefix) {
    Golden.assertGolden(
        "public-api.txt",
        listing(packagePrefix),
        "users of the library see the change, so list it in the changelog");
  }

  /**
   * Renders the public types of a package and of those below it, sorted by name, a line a member.
   *
   * @throws AssertionError if a signature mentions a type of an internal package
   */
  public static String listing(String packagePrefix) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packagePrefix)
            .stream()
            .filter(found -> !isInternal(found.getPackageName() + "."))
            .filter(found -> !found.isAnonymousClass() && !found.isLocalClass())
            .map(JavaClass::reflect)
            .filter(PublicApi::isVisible)
            .sorted(Comparator.comparing(Class::getName))
            .map(PublicApi::render)
            .collect(Collectors.joining("\n"));
  }

  private static boolean isInternal(String text) {
    return text.contains(".internal.");
  }

  /** Whether the type and all types around it are seen from outside. */
  private static boolean isVisible(Class<?> type) {
    return isVisible(type.getModifiers())
        && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String render(Class<?> type) {
    String members =
        Stream.of(fields(type), constructors(type), methods(type))
            .flatMap(lines -> lines.sorted())
            .map(line -> "  " + line + "\n")
            .collect(Collectors.joining());
    String text = header(type) + "\n" + members;
    if (isInternal(text)) {
      throw new AssertionError("expected a door without internal types, found\n" + text);
    }
    return PACKAGES_OF_EVERY_DAY.matcher(text).replaceAll("");
  }

  private static String header(Class<?> type) {
    boolean plain = !type.isRecord() && !type.isEnum() && !type.isInterface();
    String parent =
        plain && type.getSuperclass() != Object.class
            ? " extends " + type.getGenericSuperclass().getTypeName()
            : "";
    String interfaces =
        listed(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces());
    return modifiers(type)
        + kind(type)
        + " "
        + type.getName()
        + variables(type.getTypeParameters())
        + parent
        + interfaces
        + (type.isSealed() ? listed(" permits ", type.getPermittedSubclasses()) : "");
  }

  private static String modifiers(Class<?> type) {
    int shown = Modifier.PUBLIC | Modifier.PROTECTED;
    if (!type.isInterface() && !type.isEnum()) {
      shown |= Modifier.ABSTRACT;
    }
    if (!type.isRecord() && !type.isEnum()) {
      shown |= Modifier.FINAL;
    }
    return Modifier.toString(type.getModifiers() & shown) + (type.isSealed() ? " sealed " : " ");
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  private static Stream<String> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields()).filter(PublicApi::isShown).map(PublicApi::field);
  }

  private static String field(Field field) {
    return field.isEnumConstant()
        ? field.getName()
        : words(
            Modifier.toString(field.getModifiers()),
            field.getGenericType().getTypeName(),
            field.getName());
  }

  private static Stream<String> constructors(Class<?> type) {
    return Arrays.stream(type.getDeclaredConstructors())
        .filter(PublicApi::isShown)
        .map(constructor -> constructor(type, constructor));
  }

  private static String constructor(Class<?> type, Constructor<?> constructor) {
    return words(
        Modifier.toString(constructor.getModifiers()),
        variables(constructor.getTypeParameters()),
        signature(type.getSimpleName(), constructor));
  }

  private static Stream<String> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(PublicApi::isShown)
        .filter(method -> !method.isBridge())
        .filter(method -> !(type.isRecord() && IMPLIED_BY_RECORD.contains(method.getName())))
        .filter(method -> !(type.isEnum() && IMPLIED_BY_ENUM.contains(method.getName())))
        .map(PublicApi::method);
  }

  private static String method(Method method) {
    int shown = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT;
    return words(
        Modifier.toString(method.getModifiers() & shown) + (method.isDefault() ? " default" : ""),
        variables(method.getTypeParameters()),
        method.getGenericReturnType().getTypeName(),
        signature(method.getName(), method));
  }

  private static String signature(String name, Executable executable) {
    return Arrays.stream(executable.getGenericParameterTypes())
            .map(Type::getTypeName)
            .collect(Collectors.joining(", ", name + "(", ")"))
        + listed(" throws ", executable.getGenericExceptionTypes());
  }

  private static boolean isShown(Member member) {
    return isVisible(member.getModifiers()) && !member.isSynthetic();
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable.getName() + bounds(variable))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String bounds(TypeVariable<?> variable) {
    List<String> bounds =
        Arrays.stream(variable.getBounds())
            .filter(bound -> bound != Object.class)
            .map(Type::getTypeName)
            .toList();
    return bounds.isEmpty() ? "" : " extends " + String.join(" & ", bounds);
  }

  private static String listed(String word, Type[] types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", ", word, ""));
  }

  private static String words(String... words) {
    return Arrays.stream(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }
}
