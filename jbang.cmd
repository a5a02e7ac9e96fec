@echo off
rem jbang.cmd: what ./jbang does, for Windows: an installed jbang if there is one, else the pinned jbang-cli from Maven's
rem repository, checked by SHA-256; a JDK 25 or newer from the usual folders. jbang answers with a command line and exit
rem code 255, and this file runs it. Without the stored command line and the AOT cache of ./jbang.
rem No delayed expansion: it would eat every exclamation mark in the arguments. And none of them stands between parentheses, for
rem one of theirs would end the block.
rem Seen on the cmd of Wine 8, whose findstr and where find nothing: it is read to its end with blanks, quotes, ! % & ) and umlauts in
rem the arguments, and ends with 2 where there is no Java, or Maven fetches nothing. All else was read with care and never run, on Windows either.
setlocal DisableDelayedExpansion
set "JBANG_VERSION=0.132.1"
set "JBANG_SHA256=f977075849cff866f45b27997f5671ab8a336a5dd3cf9e702b3479128338f3a7"
set "COURSE_ROOT=%~dp0"
set "COURSE_ROOT=%COURSE_ROOT:~0,-1%"
set "JBANG_LAUNCH_CMD=%~f0"
if not defined JBANG_DIR set "JBANG_DIR=%USERPROFILE%\.jbang"
if not defined JBANG_CACHE_DIR set "JBANG_CACHE_DIR=%JBANG_DIR%\cache"
set "LAUNCHER=%JBANG_CACHE_DIR%\launcher"
if not exist "%LAUNCHER%\" mkdir "%LAUNCHER%" 2>nul
if not exist "%LAUNCHER%\" echo jbang: cannot write to %JBANG_CACHE_DIR%; set JBANG_DIR and COURSE_CACHE to folders that you may write to>&2
if not exist "%LAUNCHER%\" exit /b 2

rem --- a JDK 25 or newer: its release file tells the version without the cost of a JVM
set "FOUND="
set "OLDER="
if defined JAVA_HOME call :try_jdk "%JAVA_HOME%"
for /f "delims=" %%j in ('where javac 2^>nul') do call :try_jdk "%%~dpj.."
for /d %%d in ("%JBANG_DIR%\currentjdk" "%JBANG_CACHE_DIR%\jdks\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%LOCALAPPDATA%\Programs\Eclipse Adoptium\*" "%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\*jdk*\current") do call :try_jdk "%%~d"
if defined FOUND set "JAVA_HOME=%FOUND%"
set "JAVA=java"
if defined OLDER set "JAVA=%OLDER%\bin\java.exe"
if defined FOUND set "JAVA=%FOUND%\bin\java.exe"

rem --- a command of the course is looked up in this clone's catalog, whatever the current folder is
set "WORD=%~1"
if not defined WORD set "WORD=course"
for %%h in (help -h --help) do if "%WORD%"=="%%h" goto :help
set "COURSE="
rem Expanded late, as !WORD!, an ampersand in it is one, and not the end of a command.
setlocal EnableDelayedExpansion
findstr /r /c:"^ *\"!WORD!\": {" "!COURSE_ROOT!\jbang-catalog.json" >nul 2>nul
endlocal & set "LOOKED=%ERRORLEVEL%"
if "%LOOKED%"=="0" set "COURSE=run --catalog "%COURSE_ROOT%\jbang-catalog.json""
if "%~1"=="" set "COURSE=%COURSE% course"

rem --- jbang itself
set "INSTALLED="
for /f "delims=" %%j in ('where jbang.cmd jbang.bat jbang.exe 2^>nul') do if /i not "%%~dpj"=="%~dp0" if not defined INSTALLED set "INSTALLED=%%j"
if not defined INSTALLED goto :own
call "%INSTALLED%" %COURSE% %*
exit /b
:own
"%JAVA%" -version >nul 2>nul
if errorlevel 1 (
  echo jbang: found no Java; install a JDK 25 or newer ^(https://adoptium.net^) or set JAVA_HOME to it>&2
  exit /b 2
)
set "JAR=%LAUNCHER%\jbang-cli-%JBANG_VERSION%-all.jar"
if not exist "%JAR%" call :fetch
if not exist "%JAR%" exit /b 2

set "JBANG_RUNTIME_SHELL=cmd"
set "JBANG_STDIN_NOTTY=false"
set "ANSWER=%LAUNCHER%\answer-%RANDOM%%RANDOM%.txt"
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %JBANG_JAVA_OPTIONS% -cp "%JAR%" dev.jbang.Main %COURSE% %* >"%ANSWER%"
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="255" (
  type "%ANSWER%"
  del "%ANSWER%"
  exit /b %CODE%
)
set "COMMAND="
for /f "usebackq delims=" %%l in ("%ANSWER%") do set "COMMAND=%%l"
del "%ANSWER%"
%COMMAND%
exit /b %ERRORLEVEL%

:try_jdk
if defined FOUND exit /b
if not exist "%~1\bin\javac.exe" exit /b
if not exist "%~1\release" exit /b
for /f tokens^=2^ delims^=^" %%v in ('findstr /b /c:"JAVA_VERSION=" "%~1\release"') do for /f "delims=.-+" %%m in ("%%v") do if %%m geq 25 set "FOUND=%~f1"
if not defined FOUND if not defined OLDER set "OLDER=%~f1"
exit /b

:help
set "CATALOG=%COURSE_ROOT%\jbang-catalog.json"
set "FIRST="
for /f tokens^=2^ delims^=^" %%a in ('findstr /r /c:"^ *.lesson[0-9]" "%CATALOG%"') do call :lesson %%a
echo Usage: jbang.cmd [COMMAND ...]
echo(
echo For learners
echo   lessonNN   Runs a lesson, step by step: %FIRST% to %LAST%.
for /f tokens^=2^,14^ delims^=^" %%a in ('findstr "script-ref" "%CATALOG%" ^| findstr /v /r /c:"^ *.lesson[0-9]" ^| findstr /v /c:"For authors: "') do call :row %%a "%%b"
echo(
echo For authors
for /f tokens^=2^,14^ delims^=^" %%a in ('findstr /c:"For authors: " "%CATALOG%"') do call :row %%a "%%b"
echo(
echo More about one: jbang.cmd COMMAND --help. Other words are for jbang: jbang.cmd run --help.
exit /b 0

:lesson
if not defined FIRST set "FIRST=%~1"
set "LAST=%~1"
exit /b 0

:row
set "NAME=%~1          "
set "SAYS=%~2"
set "SAYS=%SAYS:For authors: =%"
rem its first letter, in upper case: where cmd compares without case, what it puts in is that of the list
for %%l in (A B C D E F G H I J K L M N O P Q R S T U V W X Y Z) do if /i "%SAYS:~0,1%"=="%%l" set "LETTER=%%l"
echo   %NAME:~0,10% %LETTER%%SAYS:~1%
exit /b 0

:fetch
where mvn >nul 2>nul
if errorlevel 1 (
  echo jbang: found neither jbang nor Maven to fetch it with; install one of them ^(https://www.jbang.dev/download, https://maven.apache.org/install.html^)>&2
  exit /b 2
)
echo jbang: fetching jbang %JBANG_VERSION% with Maven (9 MB, once)>&2
set "FETCH=%LAUNCHER%\fetch-%RANDOM%%RANDOM%"
set "REPOSITORY=%USERPROFILE%\.m2\repository"
if defined JBANG_REPO set "REPOSITORY=%JBANG_REPO%"
set "LOCAL="
if defined JBANG_REPO set LOCAL="-Dmaven.repo.local=%JBANG_REPO%"
mkdir "%FETCH%"
pushd "%FETCH%"
call mvn -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy "-Dartifact=dev.jbang:jbang-cli:%JBANG_VERSION%:jar:all" "-DoutputDirectory=%FETCH%" %LOCAL% >"%LAUNCHER%\maven.log" 2>&1
popd
set "FETCHED=%FETCH%\jbang-cli-%JBANG_VERSION%-all.jar"
if exist "%FETCHED%" goto :check
echo jbang: Maven could not fetch dev.jbang:jbang-cli:%JBANG_VERSION%; see %LAUNCHER%\maven.log, mend what it says and try again>&2
rmdir /s /q "%FETCH%"
exit /b 2
:check
set "SUM="
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%FETCHED%" SHA256') do if not defined SUM set "SUM=%%h"
rem certutil of Windows 7 and 8 puts blanks between the bytes
set "SUM=%SUM: =%"
if /i not "%SUM%"=="%JBANG_SHA256%" (
  echo jbang: refused dev.jbang:jbang-cli:%JBANG_VERSION%: its SHA-256 is %SUM% instead of %JBANG_SHA256%; removed it and ran nothing; try again, and if it comes back ask who runs your Maven mirror>&2
  rmdir /s /q "%FETCH%"
  del "%REPOSITORY%\dev\jbang\jbang-cli\%JBANG_VERSION%\jbang-cli-%JBANG_VERSION%-all.jar" 2>nul
  exit /b 2
)
move /y "%FETCHED%" "%JAR%" >nul
rmdir /s /q "%FETCH%"
exit /b 0
